import {
  createConnection,
  type Connection,
  type ConnectionEvents,
  type ConnectionOptions,
  type IncomingData,
  type OutgoingData,
  type Provider,
} from '../../src/index';
import { FakeEnvironment } from './fakeEnvironment';
import { fakeWebSockets, type FakeWebSocket } from './fakeWebSocket';

export const URL_OF_STAGE = 'wss://example.test/line';

export interface Stage<In, Out> {
  readonly connection: Connection<In, Out>;
  readonly environment: FakeEnvironment;
  readonly sockets: FakeWebSocket[];
  /** The newest socket. */
  socket(): FakeWebSocket;
  live(): FakeWebSocket[];
  /** Everything the listeners of these events heard, in order. */
  readonly heard: { readonly event: string; readonly detail: unknown }[];
  heardOf(event: keyof ConnectionEvents<In, Out>): unknown[];
  status(): string;
  /** Connects and has the server accept. */
  up(protocol?: string): FakeWebSocket;
}

type StageOptions<In, Out> = ConnectionOptions<In, Out> & { url?: Provider<string | URL> };

const EVENTS = ['message', 'connected', 'disconnected', 'reconnected', 'dropped', 'invalid', 'error'] as const;

/** A connection on fakes: time stands still, chance is one half, and the network does what the test says. */
export function stage<In = IncomingData, Out = OutgoingData>({
  url = URL_OF_STAGE,
  ...options
}: StageOptions<In, Out> = {}): Stage<In, Out> {
  const environment = new FakeEnvironment();
  const { WebSocket, sockets } = fakeWebSockets();
  const connection = createConnection<In, Out>(url, {
    WebSocket,
    ...options,
    lifecycle: { ...options.lifecycle, environment },
  });
  const heard: { event: string; detail: unknown }[] = [];
  for (const event of EVENTS) connection.on(event, (detail) => heard.push({ event, detail }));

  const socket = () => {
    const newest = sockets.at(-1);
    if (!newest) throw new Error('No socket was opened.');
    return newest;
  };
  return {
    connection,
    environment,
    sockets,
    socket,
    live: () => sockets.filter((one) => one.isLive),
    heard,
    heardOf: (event) => heard.filter((entry) => entry.event === event).map(({ detail }) => detail),
    status: () => connection.getSnapshot().status,
    up(protocol) {
      connection.connect();
      socket().accept(protocol);
      return socket();
    },
  };
}
