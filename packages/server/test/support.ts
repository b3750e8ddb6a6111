import { Centrifuge, type Options, type Subscription } from 'centrifuge';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createChannelServer, type ChannelServer, type ChannelServerOptions } from '../src';

/** A server on a port of its own until the test is over. */
export async function serve(options: Omit<ChannelServerOptions, 'port' | 'server'> = {}): Promise<{
  readonly server: ChannelServer;
  readonly port: number;
  readonly url: string;
}> {
  const server = createChannelServer({ port: 0, host: '127.0.0.1', ...options });
  onTestFinished(() => server.close({ timeout: 0 }));
  const port = await server.whenListening();
  return { server, port, url: `ws://127.0.0.1:${port}/connection/websocket` };
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
