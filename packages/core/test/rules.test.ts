import { Server, WebSocket as MockSocket } from 'mock-socket';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createConnection, type Connection, type ConnectionOptions } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { fakeWebSockets } from './kit/fakeWebSocket';

// The rules of the design that hold always. Time is vitest's; the page and the network are stand-ins.

const ADDRESS = 'wss://example.test/line';

class Page extends EventTarget {
  visibilityState = 'visible';
}
let page: Page;
let windowStub: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  page = new Page();
  windowStub = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', windowStub);
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function line(options: ConnectionOptions<string, string> = {}) {
  const { WebSocket, sockets } = fakeWebSockets();
  const connection = createConnection<string, string>(ADDRESS, { WebSocket, ...options });
  const newest = () => sockets.at(-1) ?? expect.fail('no socket');
  const up = () => {
    connection.connect();
    newest().accept();
    return newest();
  };
  return { connection, sockets, newest, up, live: () => sockets.filter((socket) => socket.isLive) };
}
const statusOf = (connection: Connection<never, never>) => connection.getSnapshot().status;
const setOnline = (onLine: boolean) => {
  vi.stubGlobal('navigator', { onLine });
  windowStub.dispatchEvent(new Event(onLine ? 'online' : 'offline'));
};
const setVisible = (isVisible: boolean) => {
  page.visibilityState = isVisible ? 'visible' : 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
};
const transitionOf = (type: string, persisted: boolean) => Object.assign(new Event(type), { persisted });
const PING = { message: 'ping' };

describe('1. at most one live socket per connection; events of a superseded socket change nothing', () => {
  test('reconnect leaves one socket, and the one before is not heard any more', () => {
    const { connection, sockets, up, live } = line();
    const first = up();
    connection.reconnect();
    expect(live()).toEqual([sockets[1]]);
    const snapshot = connection.getSnapshot();
    const heard = vi.fn();
    connection.on('message', heard);
    first.accept();
    first.deliver('from the past');
    first.break();
    first.end(1006);
    expect(connection.getSnapshot()).toBe(snapshot);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('2. a waiting state holds exactly its timer; a resting state holds none', () => {
  test('waiting for a retry is one timer; idle, disconnected and failed are none', () => {
    const { connection, up } = line({ heartbeat: PING, idleTimeout: 60_000 });
    expect(vi.getTimerCount()).toBe(0);
    up().end(1006);
    expect(connection.getSnapshot().retryAt).toBe(Date.now() + 500);
    expect(vi.getTimerCount()).toBe(1);
    connection.disconnect();
    expect(statusOf(connection)).toBe('disconnected');
    expect(vi.getTimerCount()).toBe(0);
    up().end(4404);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('giving up leaves no timer', () => {
    const { connection, up } = line({ reconnect: { maxAttempts: 0 } });
    up().end(1006);
    expect(statusOf(connection)).toBe('failed');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('3. a listener that throws or calls back in cannot break the machine or its siblings', () => {
  test('one that throws is reported, and the others hear', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { connection, up } = line();
    const sibling = vi.fn();
    const thrown = new Error('a listener that throws');
    for (const event of ['connected', 'message'] as const) {
      connection.on(event, () => {
        throw thrown;
      });
      connection.on(event, sibling);
    }
    up().deliver('hello');
    expect(sibling).toHaveBeenCalledTimes(2);
    expect(report).toHaveBeenCalledTimes(2);
    expect(report.mock.calls[0]).toContain(thrown);
    expect(statusOf(connection)).toBe('connected');
  });

  test('one that calls back in is answered after the step it hears of, never in its middle', () => {
    const { connection, up } = line();
    const seen: string[] = [];
    connection.on('connected', () => {
      connection.disconnect();
      seen.push(`first hears ${statusOf(connection)}`);
    });
    connection.on('connected', () => seen.push(`second hears ${statusOf(connection)}`));
    connection.on('disconnected', () => seen.push('disconnected'));
    up();
    expect(seen).toEqual(['first hears connected', 'second hears connected', 'disconnected']);
    expect(connection.getSnapshot().readyState).toBe(2);
  });
});

describe('4. a URL change, disconnect or reconnect in the middle of an attempt never leaves a stray socket or a stray timer', () => {
  test.each(['disconnect', 'dispose'] as const)(
    '%s while the provider is asked opens nothing afterwards',
    async (end) => {
      const { WebSocket, sockets } = fakeWebSockets();
      let answer: (url: string) => void = () => {};
      const connection = createConnection(() => new Promise<string>((resolve) => (answer = resolve)), { WebSocket });
      connection.connect();
      connection[end]();
      answer(ADDRESS);
      await microtasks();
      expect(sockets).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  test('disconnect while the socket opens closes it and ignores its late opening', () => {
    const { connection, newest } = line();
    connection.connect();
    connection.disconnect();
    expect(newest().isDetached).toBe(true);
    expect(newest().closeCalls).toHaveLength(1);
    newest().accept();
    expect(statusOf(connection)).toBe('disconnected');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('reconnect while the socket opens leaves one socket and one timer', () => {
    const { connection, sockets, live } = line();
    connection.connect();
    connection.reconnect();
    connection.reconnect();
    expect(sockets).toHaveLength(3);
    expect(live()).toEqual([sockets[2]]);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('another URL from the provider, in the middle of an attempt, replaces the socket', () => {
    let room = 'a';
    const { WebSocket, sockets } = fakeWebSockets();
    const connection = createConnection(() => `${ADDRESS}/${room}`, { WebSocket });
    connection.connect();
    room = 'b';
    connection.reconnect();
    expect(sockets.filter((socket) => socket.isLive).map(({ url }) => url)).toEqual([`${ADDRESS}/b`]);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('disconnect during the handshake aborts it', async () => {
    let aborted: unknown;
    const { connection, newest } = line({
      async handshake({ receive, signal }) {
        signal.addEventListener('abort', () => (aborted = true));
        await receive();
      },
    });
    connection.connect();
    newest().accept();
    connection.disconnect();
    await microtasks();
    expect(aborted).toBe(true);
    expect(newest().isDetached).toBe(true);
    expect(statusOf(connection)).toBe('disconnected');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('5. queue order is kept; what is dropped is reported; nothing is sent twice', () => {
  test('what was sent while down goes out in order, once, over two sockets', () => {
    const { connection, sockets, newest, up } = line();
    connection.send('1');
    connection.send('2');
    up();
    connection.send('3');
    newest().end(1006);
    connection.send('4');
    vi.advanceTimersByTime(500);
    newest().accept();
    expect(sockets.map(({ sent }) => sent)).toEqual([['1', '2', '3'], ['4']]);
  });

  test('a dropped message is reported with its reason', () => {
    const { connection } = line({ queue: { maxMessages: 1 } });
    const dropped = vi.fn();
    connection.on('dropped', dropped);
    expect(connection.send('kept')).toBe('queued');
    expect(connection.send('one too many')).toBe('dropped');
    expect(dropped.mock.calls).toEqual([[{ message: 'one too many', reason: 'overflow' }]]);
  });
});

describe('6. coming online, visible, resumed or after a late timer: probe first, declare dead only when the probe fails', () => {
  test.each([
    ['online', () => setOnline(true)],
    ['visible', () => setVisible(true)],
  ])('becoming %s sends a ping, and an answer keeps the socket', (_name, happens) => {
    const { connection, up } = line({ heartbeat: PING });
    const socket = up();
    happens();
    expect(socket.sent).toEqual(['ping']);
    socket.deliver('pong');
    vi.advanceTimersByTime(10_000);
    expect(statusOf(connection)).toBe('connected');
    expect(socket.isLive).toBe(true);
  });

  test('a probe that is not answered soon condemns the socket', () => {
    const { connection, up } = line({ heartbeat: PING });
    const socket = up();
    setVisible(true);
    vi.advanceTimersByTime(1_999);
    expect(statusOf(connection)).toBe('connected');
    vi.advanceTimersByTime(1);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', error: { code: 'heartbeat-timeout' } });
    expect(socket.isDetached).toBe(true);
  });

  test('a ping timer that fires late probes with the short timeout', () => {
    const { up, connection } = line({ heartbeat: PING });
    const socket = up();
    vi.setSystemTime(Date.now() + 3_600_000); // the laptop slept
    vi.advanceTimersByTime(25_000);
    expect(socket.sent).toEqual(['ping']);
    vi.advanceTimersByTime(2_000);
    expect(connection.getSnapshot().error?.code).toBe('heartbeat-timeout');
  });

  test.each([
    ['online', () => setOnline(true)],
    ['visible', () => setVisible(true)],
    ['resumed', () => page.dispatchEvent(new Event('resume'))],
  ])('becoming %s while waiting for a retry tries now, with a little jitter', (_name, happens) => {
    const { up, sockets, connection } = line({ reconnect: { initialDelay: 8_000 } });
    up().end(1006);
    happens();
    expect(connection.getSnapshot().retryAt).toBe(Date.now() + 150);
    vi.advanceTimersByTime(150);
    expect(sockets).toHaveLength(2);
  });

  test('without a heartbeat, coming back online replaces the socket and becoming visible does nothing', () => {
    const { up, connection, live, sockets } = line();
    const first = up();
    setVisible(false);
    setVisible(true);
    expect(first.sent).toEqual([]);
    expect(live()).toEqual([first]);
    setOnline(true);
    expect(first.isDetached).toBe(true);
    vi.advanceTimersByTime(150);
    expect(live()).toEqual([sockets[1]]);
    expect(statusOf(connection)).toBe('reconnecting');
  });

  test.each([
    ['the back/forward cache', () => windowStub.dispatchEvent(transitionOf('pageshow', true))],
    ['a freeze', () => page.dispatchEvent(new Event('resume'))],
  ])(
    'back from %s the socket is replaced though it claims to be open, and its late end is ignored',
    (_name, happens) => {
      const { up, connection, live, sockets } = line({ heartbeat: PING });
      const first = up();
      happens();
      expect(first.readyState).not.toBe(3);
      expect(first.isDetached).toBe(true);
      vi.advanceTimersByTime(150);
      sockets[1]?.accept();
      first.break();
      first.end(1006);
      expect(statusOf(connection)).toBe('connected');
      expect(live()).toEqual([sockets[1]]);
    },
  );
});

describe('7. offline is a hint: probe; do not close on its word alone; while offline, no attempts are wasted', () => {
  test('an answer keeps the socket though the browser says offline', () => {
    const { up, connection } = line({ heartbeat: PING });
    const socket = up();
    setOnline(false);
    expect(socket.sent).toEqual(['ping']);
    socket.deliver('pong');
    vi.advanceTimersByTime(20_000);
    expect(statusOf(connection)).toBe('connected');
  });

  test('without a heartbeat the socket stays', () => {
    const { up, connection } = line();
    up();
    setOnline(false);
    vi.advanceTimersByTime(60_000);
    expect(statusOf(connection)).toBe('connected');
  });

  test('while offline the retry is paused, and no provider is asked', () => {
    const { WebSocket, sockets } = fakeWebSockets();
    const provider = vi.fn(() => ADDRESS);
    const connection = createConnection(provider, { WebSocket });
    connection.connect();
    sockets[0]?.end(1006);
    setOnline(false);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', paused: 'offline', retryAt: null });
    vi.advanceTimersByTime(3_600_000);
    expect(provider).toHaveBeenCalledTimes(1);
    setOnline(true);
    vi.advanceTimersByTime(300);
    expect(provider).toHaveBeenCalledTimes(2);
  });
});

describe('8. server rendering opens nothing', () => {
  test('making a connection touches neither network, nor timers, nor the page', () => {
    const listen = vi.spyOn(page, 'addEventListener');
    const WebSocket = vi.fn();
    vi.stubGlobal('WebSocket', WebSocket);
    const connection = createConnection('/relative/without/a/page');
    connection.getSnapshot();
    connection.subscribe(() => {})();
    connection.send('waits');
    expect(statusOf(connection)).toBe('idle');
    expect(WebSocket).not.toHaveBeenCalled();
    expect(listen).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('9. only inbound traffic proves life', () => {
  test('sends that succeed do not put off the verdict on a silent server', () => {
    const { up, connection } = line({ heartbeat: { ...PING, interval: 10_000, timeout: 5_000 } });
    const socket = up();
    for (let second = 0; second < 15; second++) {
      expect(connection.send('tick')).toBe('sent');
      vi.advanceTimersByTime(1_000);
    }
    expect(socket.bufferedAmount).toBe(0);
    expect(connection.getSnapshot().error?.code).toBe('heartbeat-timeout');
    expect(socket.isDetached).toBe(true);
  });

  test('any message counts as the answer to a ping', () => {
    const { up, connection } = line({ heartbeat: { ...PING, isPong: (message) => message === 'pong' } });
    const socket = up();
    vi.advanceTimersByTime(25_000);
    expect(socket.sent).toEqual(['ping']);
    socket.deliver('news');
    vi.advanceTimersByTime(10_000);
    expect(statusOf(connection)).toBe('connected');
  });
});

describe('10. each odd ending ends in exactly one state', () => {
  test('an open and a close queued back to back', () => {
    const { connection, newest } = line();
    const told: string[] = [];
    connection.on('connected', () => told.push('connected'));
    connection.on('disconnected', () => told.push('disconnected'));
    connection.connect();
    const socket = newest();
    socket.accept();
    socket.end(1006);
    expect(told).toEqual(['connected', 'disconnected']);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', attempt: 1 });
    expect(vi.getTimerCount()).toBe(1);
  });

  test('a constructor that throws is a failed attempt', () => {
    const connection = createConnection(ADDRESS, {
      WebSocket: class {
        constructor() {
          throw new DOMException('insecure', 'SecurityError');
        }
      } as never, // no instance is ever made
    });
    connection.connect();
    expect(connection.getSnapshot()).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      error: { code: 'socket-failed' },
    });
    expect(vi.getTimerCount()).toBe(1);
  });

  test.each(['connecting', 'open'])(
    'an error without a close, while %s, ends the socket after closeTimeout',
    (when) => {
      const { connection, newest } = line();
      connection.connect();
      const socket = newest();
      if (when === 'open') socket.accept();
      socket.break();
      vi.advanceTimersByTime(1_999);
      expect(socket.isDetached).toBe(false);
      vi.advanceTimersByTime(1);
      expect(socket.isDetached).toBe(true);
      expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', attempt: 1, close: { code: 1006 } });
      expect(vi.getTimerCount()).toBe(1);
    },
  );

  test('bufferedAmount may be undefined', () => {
    const { up, connection } = line();
    const socket = up();
    Object.assign(socket, { bufferedAmount: undefined });
    expect(connection.send('hello')).toBe('sent');
    expect(socket.sent).toEqual(['hello']);
  });

  test('a delay longer than setTimeout holds is clamped to what it holds', () => {
    const { up, connection } = line({ reconnect: { delay: () => 2 ** 40 } });
    up().end(1006);
    expect(connection.getSnapshot().retryAt).toBe(Date.now() + 2 ** 31 - 1);
    vi.advanceTimersByTime(1_000_000);
    expect(statusOf(connection)).toBe('reconnecting');
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe('over mock-socket', () => {
  test('it connects, talks, and comes back after the server was gone', async () => {
    let server = new Server(ADDRESS);
    server.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${String(data)}`)));
    const connection = createConnection<string, string>(ADDRESS, { WebSocket: MockSocket });
    const heard: string[] = [];
    const reconnected = vi.fn();
    connection.on('message', (message) => heard.push(message));
    connection.on('reconnected', reconnected);
    connection.send('early');
    connection.connect();
    await vi.advanceTimersByTimeAsync(20);
    expect(heard).toEqual(['echo early']);

    server.close({ code: 1012, reason: 'restart', wasClean: true });
    server.stop();
    await vi.advanceTimersByTimeAsync(20);
    expect(statusOf(connection)).toBe('reconnecting');
    server = new Server(ADDRESS);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(statusOf(connection)).toBe('connected');
    expect(reconnected).toHaveBeenCalledTimes(1);
    connection.dispose();
    server.stop();
  });
});
