import { createServer } from 'node:http';
import type { Server } from 'node:net';
import type { Limits } from '../limits';
import type { ChannelServerOptions } from '../options';

/** The HTTP server that the WebSockets come through. */
export interface HttpHost {
  readonly server: Server;
  /** Closes it, if it is ours. */
  close(): Promise<void>;
}

/** How seldom Node may look for requests that take too long, in milliseconds. */
const MAX_CHECK_INTERVAL = 30_000;

/** @throws {TypeError} unless there is either a server or a port */
export function httpHost(
  { server, port, host }: ChannelServerOptions,
  { handshakeTimeout }: Pick<Limits, 'handshakeTimeout'>,
): HttpHost {
  if ((server === undefined) === (port === undefined)) throw new TypeError('Give either `server` or `port`.');
  if (server) return { server, close: async () => {} };

  const timeout = handshakeTimeout < Infinity ? Math.max(1, Math.ceil(handshakeTimeout)) : 0; // to Node, 0 is never
  const timeouts = {
    headersTimeout: timeout,
    requestTimeout: timeout,
    connectionsCheckingInterval: Math.min(timeout || Infinity, MAX_CHECK_INTERVAL),
  };
  const own = createServer(timeouts, (_request, response) => response.writeHead(426, { Upgrade: 'websocket' }).end());
  own.listen(port, host);
  return {
    server: own,
    close: () =>
      new Promise((resolve) => {
        own.close(() => resolve());
        own.closeAllConnections();
      }),
  };
}
