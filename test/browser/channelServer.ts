import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChannelServer } from '../../packages/server/src/index'; // by its name it would be what was built last

export interface ChannelServerForPages extends AsyncDisposable {
  readonly port: number;
  /** Of its URL. */
  readonly path: string;
}

/** `@tautline/server` on a free port, for pages under test: everybody may publish, and what they missed is kept. */
export async function startChannelServer(): Promise<ChannelServerForPages> {
  const path = '/connection/websocket';
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server = createChannelServer({
    server: http,
    path,
    origins: '*', // pages come from another port
    channels: { '*': { publish: true, presence: true, history: { size: 1_000, age: 60_000 } } },
  });
  return {
    port: (http.address() as AddressInfo).port, // of a TCP server
    path,
    async [Symbol.asyncDispose]() {
      await server.close({ timeout: 500 });
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
