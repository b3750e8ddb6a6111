import { createServer } from 'node:http';
import type { Server } from 'node:net';
import type { ChannelServerOptions } from '../options';

/** The HTTP server that the WebSockets come through. */
export interface HttpHost {
  readonly server: Server;
  /** Closes it, if it is ours. */
  close(): Promise<void>;
}

/** @throws {TypeError} unless there is either a server or a port */
export function httpHost({ server, port, host }: ChannelServerOptions): HttpHost {
  if ((server === undefined) === (port === undefined)) throw new TypeError('Give either `server` or `port`.');
  if (server) return { server, close: async () => {} };

  const own = createServer((_request, response) => response.writeHead(426, { Upgrade: 'websocket' }).end());
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
