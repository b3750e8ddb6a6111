import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Seen } from '../../../test/support/script';
import { createConnection, type Connection, type ConnectionOptions, type WebSocketConstructor } from '../src/index';

/** A WebSocket class, and a server that does as `test/support/script.ts` says. */
export interface Implementation {
  readonly name: string;
  readonly WebSocket: WebSocketConstructor;
  /** The server's address. */
  readonly url: string;
  /** An address where nobody listens. */
  readonly deadUrl: string;
  seen(id: string): Seen | Promise<Seen>;
  /** Where this one is known to behave otherwise, and what it does instead. */
  readonly differs?: Partial<Record<Title, Difference>>;
}

export interface Difference {
  readonly how: string;
  readonly expect: (line: Line) => Promise<void>;
}

/** A connection of its own for one test, and what was heard of it. */
export interface Line {
  readonly connection: Connection;
  readonly events: { readonly event: string; readonly detail: unknown }[];
  readonly messages: unknown[];
  seen(): Seen | Promise<Seen>;
  up(): Promise<void>;
  /** Sends, and resolves with the next message. */
  answer(message: Parameters<Connection['send']>[0]): Promise<unknown>;
  ended(): Promise<void>;
}

interface Setting {
  readonly options?: ConnectionOptions;
  /** The order that the server obeys right after accepting. */
  readonly first?: string;
  /** @default '/' */
  readonly path?: string;
  readonly isDead?: boolean;
  /** Stands in front of the class. */
  readonly wrap?: (WebSocket: WebSocketConstructor) => WebSocketConstructor;
}

interface Behaviour extends Setting {
  readonly expect: (line: Line) => Promise<void>;
}

export const eventually = (assert: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(assert, { timeout: 5_000, interval: 5 });

const BYTES = Uint8Array.of(0, 1, 2, 255);
const bytesOf = (data: unknown) => [...new Uint8Array(data as ArrayBuffer)];
const namesOf = ({ events }: Line) => events.map(({ event }) => event);

const BEHAVIOURS = {
  opens: {
    async expect(line) {
      await line.up();
      expect(line.connection.getSnapshot()).toMatchObject({ status: 'connected', readyState: 1, subprotocol: '' });
      expect(await line.seen()).toMatchObject({ accepted: 1, open: 1 });
    },
  },
  'carries text both ways': {
    async expect(line) {
      await line.up();
      expect(await line.answer('taut \u{1f3a3} line')).toBe('taut \u{1f3a3} line');
    },
  },
  'sends an ArrayBuffer': {
    async expect(line) {
      await line.up();
      expect(bytesOf(await line.answer(BYTES.slice().buffer))).toEqual([0, 1, 2, 255]);
    },
  },
  'sends the part that a typed array shows': {
    async expect(line) {
      await line.up();
      expect(bytesOf(await line.answer(BYTES.subarray(1, 3)))).toEqual([1, 2]);
    },
  },
  'sends the part that a DataView shows': {
    async expect(line) {
      await line.up();
      expect(bytesOf(await line.answer(new DataView(BYTES.buffer, 2)))).toEqual([2, 255]);
    },
  },
  'sends a Blob': {
    async expect(line) {
      await line.up();
      expect(bytesOf(await line.answer(new Blob([BYTES])))).toEqual([0, 1, 2, 255]);
    },
  },
  'receives binary as an ArrayBuffer': {
    async expect(line) {
      await line.up();
      const data = await line.answer('/bytes 3');
      expect(data).toBeInstanceOf(ArrayBuffer);
      expect(bytesOf(data)).toEqual([0, 1, 2]);
    },
  },
  'receives binary as a Blob when asked to': {
    options: { binaryType: 'blob' },
    async expect(line) {
      await line.up();
      const data = await line.answer('/bytes 3');
      expect(data).toBeInstanceOf(Blob);
      expect(bytesOf(await (data as Blob).arrayBuffer())).toEqual([0, 1, 2]);
    },
  },
  'knows the subprotocol that the server chose': {
    options: { protocols: ['tautline.v1', 'tautline.v2'] },
    async expect(line) {
      await line.up();
      expect(line.connection.getSnapshot().subprotocol).toBe('tautline.v2');
    },
  },
  'does not open when the server chose none of the subprotocols': {
    options: { protocols: ['other'] },
    async expect(line) {
      line.connection.connect();
      await line.ended();
      expect(namesOf(line)).toEqual(['error']);
      expect(line.connection.getSnapshot().close).toMatchObject({ code: 1006, wasClean: false });
    },
  },
  ...closesByServer(1000, 1001, 1011, 3000, 4000, 4999),
  ...closesByUs(1000, 3000, 4000, 4999),
  'reads 1006 when the line is cut': {
    async expect(line) {
      await line.up();
      line.connection.send('/cut');
      await line.ended();
      expect(line.connection.getSnapshot()).toMatchObject({
        status: 'failed',
        close: { code: 1006, reason: '', wasClean: false },
      });
      expect(namesOf(line)).toEqual(['connected', 'disconnected', 'error']);
    },
  },
  'fails an attempt once when nobody listens': {
    isDead: true,
    async expect(line) {
      line.connection.connect();
      await line.ended();
      expect(line.connection.getSnapshot()).toMatchObject({
        status: 'failed',
        error: { code: 'socket-failed' },
        close: { code: 1006, wasClean: false },
      });
      expect(namesOf(line)).toEqual(['error']);
    },
  },
  'fails an attempt once when the server refuses it': {
    path: '/refuse',
    async expect(line) {
      line.connection.connect();
      await line.ended();
      expect(line.connection.getSnapshot()).toMatchObject({
        status: 'failed',
        error: { code: 'socket-failed' },
        close: { code: 1006, wasClean: false },
      });
      expect(namesOf(line)).toEqual(['error']);
      expect(await line.seen()).toMatchObject({ accepted: 0 });
    },
  },
  'tries again after a constructor that throws': {
    options: { reconnect: { initialDelay: 1 } },
    wrap(WebSocket) {
      let attempts = 0;
      return class extends WebSocket {
        constructor(url: string, protocols?: string[]) {
          if (!attempts++) throw new DOMException('The operation is insecure.', 'SecurityError');
          super(url, protocols);
        }
      };
    },
    async expect(line) {
      await line.up();
      expect(namesOf(line)).toEqual(['error', 'connected']);
      expect(await line.seen()).toMatchObject({ accepted: 1, open: 1 });
    },
  },
  'closes while connecting, and leaves no socket behind': {
    async expect(line) {
      line.connection.connect();
      line.connection.disconnect();
      expect(line.connection.getSnapshot()).toMatchObject({ status: 'disconnected', readyState: 3 });
      line.connection.connect();
      await line.up();
      await eventually(async () => expect(await line.seen()).toMatchObject({ open: 1 }));
      expect(namesOf(line)).toEqual(['connected']);
    },
  },
  'keeps in the queue what exceeds the high-water mark': {
    options: { highWaterMark: 1_000_000, queue: { maxBytes: Infinity } },
    async expect(line) {
      await line.up();
      expect(line.connection.send(new Uint8Array(16_000_000))).toBe('sent');
      expect(line.connection.send('second')).toBe('queued');
      await eventually(() => expect(line.messages).toHaveLength(2));
      expect(line.messages[1]).toBe('second');
    },
  },
  'hears an open and a close that come together, each once': {
    first: '/close 4001 not today',
    async expect(line) {
      line.connection.connect();
      await line.ended();
      expect(line.connection.getSnapshot()).toMatchObject({
        status: 'disconnected',
        close: { code: 4001, reason: 'not today', wasClean: true },
      });
      expect(namesOf(line)).toEqual(['connected', 'disconnected', 'error']);
    },
  },
  'carries 1 MB both ways': {
    async expect(line) {
      await line.up();
      const text = 'x'.repeat(1_048_576);
      expect(await line.answer(text)).toBe(text);
    },
  },
  'keeps 1,000 messages in order': {
    async expect(line) {
      await line.up();
      const numbers = Array.from({ length: 1_000 }, (_, index) => String(index));
      for (const number of numbers) expect(line.connection.send(number)).toBe('sent');
      await eventually(() => expect(line.messages).toHaveLength(1_000));
      expect(line.messages).toEqual(numbers);
    },
  },
  'opens again after a cut': {
    options: { reconnect: { initialDelay: 1 } },
    async expect(line) {
      await line.up();
      line.connection.send('/cut');
      await eventually(() => expect(namesOf(line)).toContain('reconnected'));
      expect(namesOf(line)).toEqual(['connected', 'disconnected', 'error', 'connected', 'reconnected']);
      expect(await line.answer('/number')).toBe('1');
      await eventually(async () => expect(await line.seen()).toMatchObject({ accepted: 2, open: 1 }));
    },
  },
  'hears nothing of a socket that was replaced': {
    async expect(line) {
      await line.up();
      await line.answer('/burst 1000');
      line.connection.reconnect();
      const heard = line.messages.length;
      await eventually(() => expect(namesOf(line)).toContain('reconnected'));
      expect(await line.answer('new')).toBe('new');
      expect(line.messages).toHaveLength(heard + 1);
      expect(namesOf(line)).toEqual(['connected', 'disconnected', 'connected', 'reconnected']);
      await eventually(async () => expect(await line.seen()).toMatchObject({ accepted: 2, open: 1 }));
    },
  },
} satisfies Record<string, Behaviour>;

export type Title = keyof typeof BEHAVIOURS;

/** What a connection does, over this WebSocket and this server. */
export function describeConformance(implementation: Implementation): void {
  const { name, differs = {} } = implementation;
  describe(`a connection over ${name}`, () => {
    for (const title of Object.keys(BEHAVIOURS) as Title[]) {
      const behaviour: Behaviour = BEHAVIOURS[title];
      const difference = differs[title];
      test(difference ? `differs from "${title}": ${difference.how}` : title, async () => {
        await (difference ?? behaviour).expect(lineOf(implementation, behaviour));
      });
    }
  });
}

function lineOf({ WebSocket, url, deadUrl, seen }: Implementation, setting: Setting): Line {
  const { options, first, path = '/', isDead, wrap = (same) => same } = setting;
  const id = crypto.randomUUID();
  const query = new URLSearchParams({ id, ...(first && { first }) });
  const address = isDead ? deadUrl : `${url}${path}?${query}`;
  const connection = createConnection(address, { reconnect: false, ...options, WebSocket: wrap(WebSocket) });
  onTestFinished(connection.dispose);

  const events: Line['events'] = [];
  for (const event of ['connected', 'disconnected', 'reconnected', 'dropped', 'invalid', 'error'] as const)
    connection.on(event, (detail) => events.push({ event, detail }));
  const messages: unknown[] = [];
  connection.on('message', (message) => messages.push(message));

  return {
    connection,
    events,
    messages,
    seen: () => seen(id),
    up() {
      connection.connect();
      return eventually(() => expect(connection.getSnapshot().status).toBe('connected'));
    },
    async answer(message) {
      const heard = new Promise<unknown>((resolve) => {
        const stop = connection.on('message', (next) => {
          stop();
          resolve(next);
        });
      });
      expect(connection.send(message)).toBe('sent');
      return heard;
    },
    ended: () => eventually(() => expect(connection.getSnapshot().status).toMatch(/^(disconnected|failed)$/)),
  };
}

function closesByServer<Code extends number>(...codes: Code[]) {
  const behaviour = (code: Code): Behaviour => ({
    async expect(line) {
      await line.up();
      line.connection.send(`/close ${code} go away`);
      await line.ended();
      expect(line.connection.getSnapshot()).toMatchObject({
        status: 'disconnected',
        readyState: 3,
        close: { code, reason: 'go away', wasClean: true },
      });
      expect(namesOf(line)).toEqual(['connected', 'disconnected', 'error']);
    },
  });
  return byTitle(codes.map((code) => [`hears the server close with ${code}` as const, behaviour(code)]));
}

function closesByUs<Code extends number>(...codes: Code[]) {
  const behaviour = (code: Code): Behaviour => ({
    async expect(line) {
      await line.up();
      line.connection.disconnect(code, 'see you');
      expect(line.connection.getSnapshot()).toMatchObject({ status: 'disconnected', readyState: 2 });
      await eventually(() =>
        expect(line.connection.getSnapshot()).toMatchObject({
          readyState: 3,
          close: { code, reason: 'see you', wasClean: true },
        }),
      );
      expect(namesOf(line)).toEqual(['connected', 'disconnected']);
      await eventually(async () => expect(await line.seen()).toMatchObject({ closes: [{ code, reason: 'see you' }] }));
    },
  });
  return byTitle(codes.map((code) => [`closes with ${code}` as const, behaviour(code)]));
}

function byTitle<T extends string>(entries: (readonly [T, Behaviour])[]): Record<T, Behaviour> {
  return Object.fromEntries(entries) as Record<T, Behaviour>; // the entries' own keys
}
