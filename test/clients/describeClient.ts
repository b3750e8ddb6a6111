import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket as Undici } from 'undici';
import type { WebSocketConstructor } from '@tautline/core';
import { ReconnectingWebSocket, type ReconnectingWebSocketOptions } from '@tautline/core/websocket';
import { startRestartableServer, type Mount } from './restartableServer';

/** Whose attempts bring a client back. */
const WAYS = {
  /** The client's, which makes a socket for each. */
  theirs: { reconnect: false },
  /** Ours: a socket makes as many as it takes, and the client makes another when that one has closed. */
  ours: { once: true, reconnect: { initialDelay: 10, maxDelay: 20 } },
  /** Ours alone: the client keeps its only socket. */
  'ours alone': { reconnect: { initialDelay: 10, maxDelay: 20 } },
} satisfies Record<string, ReconnectingWebSocketOptions>;

export type Way = keyof typeof WAYS;

export interface Setting {
  readonly port: number;
  readonly way: Way;
  /** Our class, as somebody knows it who knows only the standard's. */
  readonly WebSocket: typeof WebSocket;
}

export interface Client {
  /** What came to its subscription. */
  readonly heard: readonly string[];
  /** Says something that comes to all subscriptions. May fail while it is not connected. */
  say(text: string): unknown;
  close(): unknown;
}

export interface Subject {
  readonly mount: Mount;
  connect(setting: Setting): Client | Promise<Client>;
  /** Default: the client's, and ours. */
  readonly ways?: readonly Way[];
}

const eventually = (assert: () => unknown): Promise<unknown> => vi.waitFor(assert, { timeout: 5_000, interval: 10 });

/** The same for every client: it comes back after a restart of its server, over one socket, and leaves nothing behind. */
export function describeClient(name: string, { mount, connect, ways = ['theirs', 'ours'] }: Subject): void {
  describe.each(ways)(`${name}, attempts: %s`, (way) => {
    const begin = async () => {
      const server = await startRestartableServer(mount);
      onTestFinished(() => server[Symbol.asyncDispose]());
      const line = countedLine(way);
      const client = await connect({ port: server.port, way, WebSocket: line.WebSocket });
      onTestFinished(async () => void (await client.close()));
      const exchange = (text: string) =>
        eventually(async () => {
          await client.say(text);
          expect(client.heard).toContain(text);
        });
      const lose = async () => {
        const { attempts } = line;
        const made = line.made();
        await server.stop();
        await eventually(() => expect(line.attempts).toBeGreaterThanOrEqual(attempts + 2)); // in vain
        return line.made() - made;
      };
      const alive = () => [server.sockets(), line.live()];
      return { server, client, line, exchange, lose, alive };
    };

    test('comes back after a restart, over one socket', async () => {
      const { server, client, exchange, lose, alive } = await begin();
      await exchange('before');
      const made = await lose();
      if (way === 'theirs') expect(made).toBeGreaterThanOrEqual(2);
      else expect(made).toBe(way === 'ours' ? 1 : 0);
      await server.start();
      await exchange('after');
      await eventually(() => expect(alive()).toEqual([1, 1]));
      await client.close();
      await eventually(() => expect(alive()).toEqual([0, 0]));
    });

    test('closed while the server is away, it leaves nothing behind', async () => {
      const { client, exchange, lose, alive } = await begin();
      await exchange('before');
      await lose();
      await client.close();
      await eventually(() => expect(alive()).toEqual([0, 0]));
    });
  });
}

/** Our class for one client, and how often it was used. */
function countedLine(way: Way) {
  const sockets: ReconnectingWebSocket[] = [];
  const counted = {
    attempts: 0,
    /** How many the client has made. */
    made: () => sockets.length,
    /** How many of them have a socket, or may yet open one. */
    live: () =>
      sockets.filter(({ connection }) => !['disconnected', 'failed'].includes(connection.getSnapshot().status)).length,
    WebSocket: class extends ReconnectingWebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols, {
          ...WAYS[way],
          WebSocket: Undici as unknown as WebSocketConstructor, // its `Blob` is Node's
          inspect: ({ type }) => type === 'attempt' && counted.attempts++,
        });
        sockets.push(this);
      }
    },
  };
  return counted;
}
