/** The server that is attacked: a process of its own, so that its memory and its event loop are measured alone. */
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createChannelServer, Refusal, type ChannelServerOptions } from '../../packages/server/src';
import { verify } from './tokens';

/** What differs from attack to attack; the rest is below. */
export type VictimOptions = Pick<ChannelServerOptions, 'compression' | 'limits'> & {
  readonly origins?: readonly string[];
};

export interface Measures {
  /** Bytes in use, garbage collected. */
  readonly heap: number;
  /** The most bytes that the process ever had. */
  readonly peak: number;
  /** The longest that the event loop was busy since the last time, in milliseconds. */
  readonly delay: number;
  /** How many TCP connections are open. */
  readonly connections: number;
  /** What `Object.prototype` has that it does not have by itself. */
  readonly pollution: readonly string[];
}

/** How often the clock of the server ticks, in milliseconds. */
const TICK = 10;

const delays = monitorEventLoopDelay({ resolution: 10 });
delays.enable();
const innocence = new Set(Object.getOwnPropertyNames(Object.prototype));
const http = createServer({ headersTimeout: 500, requestTimeout: 500, connectionsCheckingInterval: 100 });

const options = JSON.parse(process.argv[2] ?? '{}') as VictimOptions; // by `startVictim`
const server = createChannelServer({
  ...options,
  server: http,
  authorize({ token }) {
    const claims = verify(token);
    if (!claims) return null;
    if (claims.expiresAt <= Date.now()) throw new Refusal('token-expired');
    if (claims.user === 'undecided') return new Promise<never>(() => {});
    return { user: claims.user, info: { name: claims.user }, expiresAt: claims.expiresAt };
  },
  channels: {
    'private:*': {
      authorize: ({ client, channel }) => channel === `private:${client.user}`,
      publish: true,
      presence: true,
    },
    clock: { history: false },
    '*': { publish: true, presence: true },
  },
  rpc: { echo: ({ data }) => data },
  onError: () => {},
});

async function measure(): Promise<Measures> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  const { heapUsed, external } = process.memoryUsage();
  const delay = delays.max / 1e6;
  delays.reset();
  return {
    heap: heapUsed + external,
    peak: process.resourceUsage().maxRSS * 1_024,
    delay,
    connections: await new Promise((resolve) => http.getConnections((_, count) => resolve(count))),
    pollution: Object.getOwnPropertyNames(Object.prototype).filter((name) => !innocence.has(name)),
  };
}

process.on('message', () => void measure().then((measures) => process.send?.(measures)));
process.on('disconnect', () => process.exit());
setInterval(() => server.publish('clock', Date.now(), { event: 'tick' }), TICK);
http.listen(0, '127.0.0.1', 8_192);
process.send?.(await server.whenListening());
