import { describe, expect, onTestFinished, test, vi } from 'vitest';

/** A class of the standard's shape, and a server that does as `test/support/script.ts` says. */
export interface Standard {
  readonly name: string;
  readonly WebSocket: typeof WebSocket;
  /** The server's address. */
  readonly url: string;
  /** An address where nobody listens. */
  readonly deadUrl: string;
}

/** What a socket told its listeners, and in which state it was then. */
interface Told {
  readonly type: string;
  readonly readyState: number;
  readonly event: Event;
}

const eventually = (assert: () => void): Promise<void> => vi.waitFor(assert, { timeout: 5_000, interval: 5 });

/** Holds for a platform's own class as it does for ours: the same tests tell that they are alike. */
export function describeStandard({ name, WebSocket, url, deadUrl }: Standard): void {
  const open = (address: string, protocols?: string | string[]) => {
    const socket = new WebSocket(address, protocols);
    onTestFinished(() => {
      if (socket.readyState < 2) socket.close();
    });
    const events: Told[] = [];
    for (const type of ['open', 'message', 'error', 'close']) {
      socket.addEventListener(type, (event) => events.push({ type, readyState: socket.readyState, event }));
    }
    const heard = async (type: string) => {
      await eventually(() => expect(events.map((each) => each.type)).toContain(type));
      return events.find((each) => each.type === type)?.event;
    };
    return { socket, events, heard, types: () => events.map(({ type, readyState }) => `${type} ${readyState}`) };
  };
  const withFirst = (order: string) => `${url}/?first=${encodeURIComponent(order)}`;
  const errorOf = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return [(error as object).constructor.name, (error as Error).name]; // whatever it is, it has both
    }
    return null;
  };

  describe(`the standard's shape: ${name}`, () => {
    test('has its constants, on the class and on each socket', () => {
      const { socket } = open(url);
      for (const owner of [WebSocket, socket]) {
        expect([owner.CONNECTING, owner.OPEN, owner.CLOSING, owner.CLOSED]).toEqual([0, 1, 2, 3]);
      }
      expect(Object.keys(socket)).not.toContain('CONNECTING');
      expect(socket).toBeInstanceOf(EventTarget);
    });

    test.each(['http://example.test:no', 'ftp://example.test/', 'wss://example.test/#part'])(
      'refuses %s',
      (address) => {
        expect(errorOf(() => new WebSocket(address))).toEqual(['DOMException', 'SyntaxError']);
      },
    );

    test.each([['a b'], [['a', 'a']], [['a,b']]])('refuses the subprotocol %j', (protocols) => {
      expect(errorOf(() => new WebSocket(url, protocols))).toEqual(['DOMException', 'SyntaxError']);
    });

    test('knows the whole address', () => {
      const { socket } = open(url.replace('ws://', 'WS://'));
      expect(socket.url).toBe(`${url}/`);
      expect(open(url.replace('ws:', 'http:')).socket.url).toBe(`${url}/`);
    });

    test('begins connecting, with nothing chosen yet', () => {
      const { socket } = open(url);
      expect([socket.readyState, socket.protocol, socket.extensions, socket.binaryType, socket.bufferedAmount]).toEqual(
        [0, '', '', 'blob', 0],
      );
      expect([socket.onopen, socket.onmessage, socket.onerror, socket.onclose]).toEqual([null, null, null, null]);
    });

    test('opens once the server accepts', async () => {
      const { heard, types, socket } = open(url);
      const event = await heard('open');
      expect([types(), event?.target, socket.readyState]).toEqual([['open 1'], socket, 1]);
    });

    test('hears text', async () => {
      const { socket, heard } = open(url);
      await heard('open');
      socket.send('taut');
      const event = await heard('message');
      expect(event).toBeInstanceOf(MessageEvent);
      expect(event).toMatchObject({ data: 'taut', origin: url });
    });

    test.each(['blob', 'arraybuffer'] as const)('hears bytes as %s', async (type) => {
      const { socket, heard } = open(withFirst('/bytes 3'));
      socket.binaryType = type;
      const { data } = (await heard('message')) as MessageEvent<Blob | ArrayBuffer>;
      expect(data).toBeInstanceOf(type === 'blob' ? Blob : ArrayBuffer);
      expect([...new Uint8Array(await new Response(data).arrayBuffer())]).toEqual([0, 1, 2]);
    });

    test('ignores a way for bytes to come that there is not', () => {
      const { socket } = open(url);
      socket.binaryType = 'text' as BinaryType;
      expect(socket.binaryType).toBe('blob');
    });

    test('sends what is no string as one', async () => {
      const { socket, heard } = open(url);
      await heard('open');
      socket.send(5 as unknown as string);
      expect(await heard('message')).toMatchObject({ data: '5' });
    });

    test('closes with a code and a reason, after the server has answered', async () => {
      const { socket, heard, types } = open(url);
      await heard('open');
      socket.close(4001, 'enough');
      expect([socket.readyState, types()]).toEqual([2, ['open 1']]);
      expect(await heard('close')).toMatchObject({ code: 4001, reason: 'enough', wasClean: true });
      expect(types()).toEqual(['open 1', 'close 3']);
    });

    test('is closed by the server', async () => {
      const { heard, types } = open(withFirst('/close 4403 not you'));
      expect(await heard('close')).toMatchObject({ code: 4403, reason: 'not you', wasClean: true });
      expect(types()).toEqual(['open 1', 'close 3']);
    });

    test('hears nothing any more while closing', async () => {
      const { socket, heard, types } = open(url);
      await heard('open');
      socket.send('/burst 3');
      socket.close();
      await heard('close');
      expect(types()).toEqual(['open 1', 'close 3']);
    });

    test.each([999, 1001, 1005, 2999, 5000])('refuses to close with %i', async (code) => {
      const { socket } = open(url);
      expect(errorOf(() => socket.close(code))).toEqual(['DOMException', 'InvalidAccessError']);
      expect(socket.readyState).toBe(0);
    });

    test('refuses a reason that is too long, counted in bytes', () => {
      const { socket } = open(url);
      expect(errorOf(() => socket.close(1000, 'é'.repeat(62)))).toEqual(['DOMException', 'SyntaxError']);
      expect(errorOf(() => socket.close(1000, 'é'.repeat(61)))).toBeNull();
    });

    test('closed while connecting, it fails, but not at once', async () => {
      const { socket, heard, types } = open(url);
      socket.close();
      expect([socket.readyState, types()]).toEqual([2, []]);
      socket.close(); // again, which does nothing
      const event = await heard('close');
      expect(event).toMatchObject({ code: 1006, reason: '', wasClean: false });
      expect(event?.constructor.name).toBe('CloseEvent');
      expect(types()).toEqual(['error 3', 'close 3']);
    });

    test('counts what is sent in vain', async () => {
      const { socket, heard } = open(url);
      await heard('open');
      socket.close();
      socket.send('é');
      await heard('close');
      socket.send(new Uint8Array(3));
      expect(socket.bufferedAmount).toBe(5);
    });

    test('calls handlers in their place among the listeners, with itself as `this`', async () => {
      const { socket, heard } = open(url);
      const calls: string[] = [];
      socket.onopen = () => calls.push('first handler');
      socket.addEventListener('open', () => calls.push('listener'), { once: true });
      socket.onopen = function (event) {
        calls.push(`handler ${this === socket} ${event.type}`);
      };
      socket.addEventListener('open', { handleEvent: () => calls.push('object') });
      const signal = AbortSignal.abort();
      socket.addEventListener('open', () => calls.push('aborted'), { signal });
      await heard('open');
      expect(calls).toEqual(['handler true open', 'listener', 'object']);
    });

    test('forgets a handler', async () => {
      const { socket, heard } = open(url);
      const handler = vi.fn();
      socket.onopen = handler;
      expect(socket.onopen).toBe(handler);
      socket.onopen = null;
      await heard('open');
      expect([socket.onopen, handler.mock.calls]).toEqual([null, []]);
    });

    test('fails where nobody listens', async () => {
      const { heard, events } = open(deadUrl);
      expect(await heard('close')).toMatchObject({ code: 1006, wasClean: false });
      expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['error', 'close']);
    });
  });
}
