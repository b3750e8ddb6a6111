import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createChannelServer } from '@tautline/server';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTcpProxy } from '../../../../test/support/tcpProxy';
import { channel, createConnection, type ChannelProtocol, type WebSocketConstructor } from '../../src/index';
import { centrifugo } from '../../src/protocols/centrifugo';
import { envelope } from '../../src/protocols/envelope';

// Publishers and subscribers, the embedded server, and a path between them that fails all the time.

const SUBSCRIBERS = 4;
/** More than this many publications at once do not all fit, so that some gaps cannot be closed. */
const HISTORY = 12;

/** What goes wrong next, for the subscriber of this number. */
type Fault =
  | { readonly do: 'publish'; readonly count: number }
  | { readonly do: 'cut' | 'freeze' | 'disconnect' | 'unsubscribe' | 'away'; readonly at: number }
  | { readonly do: 'breathe' };

const at = fc.integer({ min: 0, max: SUBSCRIBERS - 1 });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 8 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'freeze' as const, 'away' as const), at }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('disconnect' as const, 'unsubscribe' as const), at }) },
  { weight: 2, arbitrary: fc.constant<Fault>({ do: 'breathe' }) },
);

/** What each speaks is its own affair. */
const protocolOf = (name: string, token: string) =>
  (name === 'envelope'
    ? envelope({ token, heartbeat: { interval: 60, timeout: 60 } })
    : centrifugo({ token })) as unknown as ChannelProtocol<never, never>;

async function startServer() {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server = createChannelServer({
    server: http,
    authorize: ({ token }) => ({ user: token }),
    channels: { '*': { history: { size: HISTORY }, publish: true } },
    limits: { pingInterval: 100, pongTimeout: 100 },
  });
  const { port } = http.address() as AddressInfo; // of a TCP server
  const stop = async () => {
    await server.close({ timeout: 500 });
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  return { server, port, [Symbol.asyncDispose]: stop };
}

/** A subscriber behind a path of its own; its log has what it was told, and `gap` where it was told of one. */
async function subscribe(port: number, protocol: ChannelProtocol<never, never>) {
  const proxy = await startTcpProxy({ port });
  const connection = createConnection<never, never>(`ws://127.0.0.1:${proxy.port}/connection/websocket`, {
    WebSocket: WebSocket as unknown as WebSocketConstructor, // its events have more fields
    channels: protocol,
    idleTimeout: 250,
    connectTimeout: 500,
    reconnect: { initialDelay: 10, maxDelay: 50 },
  });
  const room = channel(connection, 'room', { rejoin: { initialDelay: 10, maxDelay: 50 }, joinTimeout: 1_000 });
  const log: (number | 'gap')[] = [];
  let before = room.getSnapshot();
  room.subscribe(() => {
    const now = room.getSnapshot();
    if (now.status === 'joined' && before.status !== 'joined' && now.recovered === false) log.push('gap');
    before = now;
  });
  room.on('said', (n) => log.push(n as number));
  room.retain();
  const joined = () =>
    vi.waitFor(() => expect(room.getSnapshot().status).toBe('joined'), { timeout: 5_000, interval: 5 });
  const end = () => {
    connection.dispose();
    return proxy[Symbol.asyncDispose]();
  };
  await joined();
  return { proxy, connection, log, joined, end };
}

/** From one number to the next without a gap, or with one that was told. */
function isHonest(log: readonly (number | 'gap')[]): boolean {
  let last = 0;
  let mayJump = false;
  for (const entry of log) {
    if (entry === 'gap') mayJump = true;
    else {
      if (mayJump ? entry <= last : entry !== last + 1) return false;
      [last, mayJump] = [entry, false];
    }
  }
  return true;
}

async function live(name: string, faults: readonly Fault[]): Promise<void> {
  await using host = await startServer();
  const { server } = host;
  const users = Array.from({ length: SUBSCRIBERS }, (_, n) => `user-${n}`);
  const subscribers = await Promise.all(users.map((user) => subscribe(host.port, protocolOf(name, user))));
  let published = 0;
  const publish = () => server.publish('room', ++published, { event: 'said' });

  try {
    for (const next of faults) {
      const subscriber = 'at' in next ? subscribers[next.at] : undefined;
      const user = 'at' in next ? `user-${next.at}` : '';
      if (next.do === 'publish') for (let count = 0; count < next.count; count++) publish();
      if (next.do === 'cut') for (const path of subscriber?.proxy.paths ?? []) path.cut();
      if (next.do === 'freeze') for (const path of subscriber?.proxy.paths ?? []) path.freeze();
      if (next.do === 'away') subscriber?.connection.reconnect();
      if (next.do === 'disconnect') server.disconnect(user, { code: 3_011 });
      if (next.do === 'unsubscribe') server.unsubscribe(user, 'room', { code: 2_500 });
      if (next.do === 'breathe') await Promise.all(subscribers.map(({ joined }) => joined()));
    }
    await vi.waitFor(
      () => {
        publish();
        for (const { log } of subscribers) expect(published - Number(log.at(-1))).toBeLessThan(3);
      },
      { timeout: 10_000, interval: 50 },
    );
    for (const { log } of subscribers) expect(log).toSatisfy(isHonest);
  } finally {
    await Promise.all(subscribers.map(({ end }) => end()));
  }
}

test.each(['envelope', 'centrifugo'])(
  'with %s, each log is what was published, in order, with no gap that was not told and nothing twice',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 20, maxLength: 60, size: 'max' }), (faults) => live(name, faults)),
      { numRuns: 6, endOnFailure: true },
    );
  },
  60_000,
);
