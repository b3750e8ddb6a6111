import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Mounts what a client talks to, each time the server starts. Returns how to end it, where the end of its sockets is not enough. */
export type Mount = (http: Server) => End | void | Promise<End | void>;
type End = () => unknown;

export interface RestartableServer extends AsyncDisposable {
  readonly port: number;
  /** How many WebSockets live here now. */
  sockets(): number;
  /** Goes away, and its port refuses. Its sockets are cut as those of a killed process, or closed with a code. */
  stop(code?: number): Promise<void>;
  /** Comes back on the same port. What it kept in memory is gone. */
  start(): Promise<void>;
}

export async function startRestartableServer(mount: Mount): Promise<RestartableServer> {
  const connections = new Set<Socket>();
  const upgraded = new Set<Socket>();

  const listen = async (at: number) => {
    const http = createServer();
    http.on('connection', (socket) => {
      connections.add(socket);
      socket.once('close', () => connections.delete(socket));
    });
    http.on('upgrade', ({ socket }) => {
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
    });
    const unmount = await mount(http);
    http.listen(at, '127.0.0.1');
    await once(http, 'listening');
    return { http, unmount };
  };
  const stop = async (code?: number) => {
    if (!current.http.listening) return;
    const closed = once(current.http, 'close');
    current.http.close();
    if (code) for (const socket of upgraded) socket.end(closeFrame(code));
    else for (const socket of connections) socket.destroy();
    await closed;
    await current.unmount?.();
  };

  let current = await listen(0);
  const { port } = current.http.address() as AddressInfo; // of a TCP server
  return {
    port,
    sockets: () => upgraded.size,
    stop,
    async start() {
      current = await listen(port);
    },
    [Symbol.asyncDispose]: () => stop(),
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1 */
const closeFrame = (code: number) => Buffer.of(0x88, 2, code >> 8, code & 0xff);
