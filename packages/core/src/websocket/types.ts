import type { ConnectionOptions, Provider } from '../options';
import type { IncomingData, OutgoingData } from '../types';

/** What `addEventListener` and its like look like in the standard's own class. */
export type StandardEventTarget = Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'dispatchEvent'>;

/** As of the standard, or how to get it: called again before every attempt. */
export type WebSocketAddress = Provider<string | URL>;
export type WebSocketSubprotocols = Provider<string | readonly string[]>;

/** Those of `createConnection`, but for what the standard's class decides itself. All durations in milliseconds. */
export interface ReconnectingWebSocketOptions extends Omit<
  ConnectionOptions<IncomingData, OutgoingData>,
  'protocols' | 'codec' | 'schema' | 'channels'
> {
  /** Opens nothing before `reconnect()` is called; what is sent meanwhile waits. @default false */
  startClosed?: boolean | undefined;
  /**
   * At most one connection, as of the standard's class: for clients that make another WebSocket when one has closed.
   * Attempts that fail are repeated in silence, with backoff, until one succeeds; when that connection closes, it is over.
   *
   * @default false
   */
  once?: boolean | undefined;
}
