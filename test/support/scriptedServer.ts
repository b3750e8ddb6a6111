import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createScript, type Seen } from './script';

/** A `ws` server on 127.0.0.1 that does as `script.ts` says. */
export interface ScriptedServer extends AsyncDisposable {
  readonly port: number;
  /** How many sockets are open. */
  readonly open: number;
  seen(id: string): Seen;
}

/** @param port Default: one that is free. */
export async function startScriptedServer(port = 0): Promise<ScriptedServer> {
  const script = createScript();
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port,
    maxPayload: 64 * 1_048_576,
    handleProtocols: (offered) => (offered.has('tautline.v2') ? 'tautline.v2' : false),
    verifyClient: ({ req }, answer) => answer(!req.url?.startsWith('/refuse'), 401),
  });
  server.on('connection', (socket, request) => {
    socket.on('error', () => {}); // `close` says it too
    const { message, closed } = script.accept(request.url ?? '', {
      send: (data) => socket.send(data),
      close: (code, reason) => socket.close(code, reason),
      cut: () => socket.terminate(),
    });
    socket.on('message', (data, isBinary) => message(isBinary ? new Uint8Array(data as Buffer) : String(data)));
    socket.on('close', (code, reason) => closed(code, String(reason)));
  });
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port, // of a TCP server
    get open() {
      return server.clients.size;
    },
    seen: script.seen,
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
