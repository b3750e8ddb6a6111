import { ReconnectingWebSocket, type ReconnectingWebSocketOptions } from '../../src/websocket';
import { FakeEnvironment } from '../kit/fakeEnvironment';
import { fakeWebSockets, type FakeWebSocket } from '../kit/fakeWebSocket';

type Parameters = ConstructorParameters<typeof ReconnectingWebSocket>;

export interface Setting extends ReconnectingWebSocketOptions {
  readonly url?: Parameters[0];
  readonly protocols?: Parameters[1];
}

/** A socket of ours on fakes: time stands still, and the network does what the test says. */
export function drop({ url = 'wss://example.test/line', protocols, ...options }: Setting = {}) {
  const environment = new FakeEnvironment();
  const { WebSocket, sockets } = fakeWebSockets();
  const socket = new ReconnectingWebSocket(url, protocols, { WebSocket, ...options, lifecycle: { environment } });
  const heard: string[] = [];
  for (const type of ['open', 'message', 'error', 'close'] as const) {
    socket.addEventListener(type, (event) => {
      const { code, data } = event as Partial<CloseEvent & MessageEvent<string>>; // one of them, or neither
      heard.push([type, socket.readyState, code ?? data].filter((word) => word !== undefined).join(' '));
    });
  }
  return {
    socket,
    environment,
    sockets,
    /** What it told since the last look: the type, its state meanwhile, and the code or the data. */
    heard: () => heard.splice(0),
    newest(): FakeWebSocket {
      const newest = sockets.at(-1);
      if (!newest) throw new Error('No socket was opened.');
      return newest;
    },
    /** Waits out the backoff. */
    retry: () => environment.advance(10_000),
  };
}
