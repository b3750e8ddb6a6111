import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { endsWithTest } from './lab';

/** A server that greets connections with bytes of its own choice, and sends back what it receives. */
export interface HostileServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
}

/** @param greet Writes below `ws`, which knows nothing of it; `number` counts the connections before this one. */
export async function startHostileServer(
  greet: (tcp: Socket, path: string, number: number) => void,
): Promise<HostileServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  let number = 0;
  server.on('connection', (socket, { socket: tcp, url = '/' }) => {
    socket.on('error', () => {}); // it is answered as it deserves
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    greet(tcp, url, number++);
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a TCP server
  return endsWithTest({
    port,
    url: `ws://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** The opcodes of RFC 6455 section 5.2. */
export const OPCODES = { continuation: 0, text: 1, binary: 2, reserved: 3, close: 8, ping: 9 };

/** A short frame from a server, well formed or not; `first` adds bits to its first byte, which has FIN by default. */
export const frame = (opcode: number, payload: string | Uint8Array, first = 0x80): Buffer => {
  const body = Buffer.from(payload as string); // or bytes, which it takes as well
  return Buffer.concat([Buffer.of(first | opcode, body.length), body]);
};

export const closeFrame = (code: number): Buffer => frame(OPCODES.close, Uint8Array.of(code >> 8, code & 255));
