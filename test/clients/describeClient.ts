import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket as Undici } from 'undici';
import type { WebSocketConstructor } from '@tautline/core';
import { ReconnectingWebSocket, type ReconnectingWebSocketOptions } from '@tautline/core/websocket';
import { startRestartableServer, type Mount } from './restartableServer';

interface Way {
  /** Of our class. */
  readonly options: ReconnectingWebSocketOptions;
  readonly retryDelay: number;
}

/** Whose attempts bring a client back. */
const WAYS = {
  /** The client's, which makes a socket for each. */
  theirs: { options: { reconnect: false }, retryDelay: 10 },
  /** Ours: a socket makes as many as it takes, and the client makes another when that one has closed. */
  ours: { options: { once: true, reconnect: { initialDelay: 10, maxDelay: 20 } }, retryDelay: 1 },
  /** Ours: the client keeps its only socket. */
  'ours alone': { options: { reconnect: { initialDelay: 10, maxDelay: 20 } }, retryDelay: 2 ** 30 },
} satisfies Record<string, Way>;

interface Setting {
  readonly port: number;
  /** Our class, as somebody takes it who knows only the standard's. */
  readonly WebSocket: typeof WebSocket;
  /** How long the client waits before it makes another socket, in milliseconds. */
  readonly retryDelay: number;
}

interface Client {
  /** What came to its subscription. */
  readonly heard: readonly string[];
  /** Says something that comes to every subscription. May fail while it is not connected. */
  say(text: string): unknown;
  close(): unknown;
}

interface Subject {
  readonly mount: Mount;
  connect(setting: Setting): Client | Promise<Client>;
  /** @default those of every client: theirs, and ours */
  readonly ways?: readonly (keyof typeof WAYS)[];
}

/** The same for every client: it comes back after a restart of its server, over one socket, and leaves nothing behind. */
export function describeClient(name: string, { ways = ['theirs', 'ours'], ...subject }: Subject): void {
  describe.each(ways)(`${name}, attempts: %s`, (way) => {
    const expected = { theirs: expect.toSatisfy((made) => made >= 2), ours: 1, 'ours alone': 0 };

    test.each([
      ['is killed', undefined],
      ['closes its sockets', 1001],
    ])('comes back over one socket after a server that %s', async (_how, code) => {
      const { server, exchange, lose, alive, end } = await begin(subject, WAYS[way]);
      await exchange('before');
      expect(await lose(code)).toEqual(expected[way]);
      await server.start();
      await exchange('after');
      await eventually(() => expect(alive()).toEqual([1, 1]));
      await end();
    });

    test('begun before its server, it opens one socket once that is there', async () => {
      const { server, exchange, lose, alive, end } = await begin(subject, WAYS[way], { isAway: true });
      await lose();
      await server.start();
      await exchange('at last');
      await eventually(() => expect(alive()).toEqual([1, 1]));
      await end();
    });

    test('closed while the server is away, it leaves nothing behind', async () => {
      const { exchange, lose, end } = await begin(subject, WAYS[way]);
      await exchange('before');
      await lose();
      await end();
    });
  });
}

async function begin({ mount, connect }: Subject, { options, retryDelay }: Way, { isAway = false } = {}) {
  const before = timers();
  const server = await startRestartableServer(mount);
  onTestFinished(() => server[Symbol.asyncDispose]());
  if (isAway) await server.stop();
  const line = countedLine(options);
  const client = await connect({ port: server.port, WebSocket: line.WebSocket, retryDelay });
  onTestFinished(async () => void (await client.close()));
  /** Sockets there, and here. */
  const alive = () => [server.sockets(), line.live()];
  return {
    server,
    alive,
    exchange: (text: string) =>
      eventually(async () => {
        await client.say(text);
        expect(client.heard).toContain(text);
      }),
    /** Stops the server until an attempt has failed and another was made. Returns how many sockets the client made for them. */
    async lose(code?: number) {
      const [attempts, made] = [line.attempts, line.made()];
      await server.stop(code);
      await eventually(() => expect(line.attempts).toBeGreaterThanOrEqual(attempts + 2));
      return line.made() - made;
    },
    async end() {
      await client.close();
      await eventually(() => expect(alive()).toEqual([0, 0]));
      await server.stop();
      while (timers() > before) await setImmediate(); // no longer than the test may take
    },
  };
}

const eventually = (assert: () => unknown): Promise<unknown> => vi.waitFor(assert, { timeout: 5_000, interval: 10 });

/** How many timers keep this process alive. */
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

/** Our class for one client, and how much it was used. */
function countedLine(options: ReconnectingWebSocketOptions) {
  const sockets: ReconnectingWebSocket[] = [];
  const counted = {
    attempts: 0,
    /** How many the client has made. */
    made: () => sockets.length,
    /** How many of them are open, or may yet be. */
    live: () =>
      sockets.filter(({ connection }) => !['disconnected', 'failed'].includes(connection.getSnapshot().status)).length,
    WebSocket: class extends ReconnectingWebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols, {
          ...options,
          WebSocket: Undici as unknown as WebSocketConstructor, // its `Blob` is Node's
          inspect: ({ type }) => type === 'attempt' && counted.attempts++,
        });
        sockets.push(this);
      }
    },
  };
  return counted;
}
