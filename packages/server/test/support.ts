import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Centrifuge, type Options, type Subscription } from 'centrifuge';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createChannelServer, type ChannelServer, type ChannelServerOptions } from '../src';

export interface Served {
  readonly server: ChannelServer;
  readonly http: Server;
  readonly port: number;
  readonly url: string;
  /** Cuts every connection without a close frame. */
  drop(): void;
}

/** A server on a free port until the test is over. */
export async function serve(options: Omit<ChannelServerOptions, 'port' | 'server'> = {}): Promise<Served> {
  const sockets = new Set<Socket>();
  const http = createServer();
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const server = createChannelServer({ server: http, ...options });
  http.listen(0, '127.0.0.1');
  onTestFinished(async () => {
    await server.close({ timeout: 0 });
    http.close();
  });
  const port = await server.whenListening();
  return {
    server,
    http,
    port,
    url: `ws://127.0.0.1:${port}/connection/websocket`,
    drop() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The official client, connecting; gone when the test is over. */
export function official(url: string, options: Partial<Options> = {}): Centrifuge {
  const client = new Centrifuge(url, { websocket: WebSocket, minReconnectDelay: 1, maxReconnectDelay: 5, ...options });
  onTestFinished(() => client.disconnect());
  client.connect();
  return client;
}

/** Everything a subscription is told, in order. */
export function record(subscription: Subscription): unknown[] {
  const log: unknown[] = [];
  subscription.on('publication', ({ data }) => log.push(data));
  return log;
}

/** The next event of a kind. */
export const next = <T = unknown>(
  emitter: { once(event: never, listener: (detail: T) => void): unknown },
  event: string,
) =>
  new Promise<T>((resolve) => {
    emitter.once(event as never, resolve); // each emitter has a type of its own for its events
  });
