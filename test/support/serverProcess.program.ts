/** The program of `serverProcess.ts`: a `ws` server that does as `script.ts` says, and tells what it has seen. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createScript } from './script';

const script = createScript();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]) });
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

process.on('message', (id) => process.send?.(script.seen(String(id))));
process.on('disconnect', () => process.exit()); // whoever started it is gone
process.send?.((server.address() as AddressInfo).port); // of a TCP server
