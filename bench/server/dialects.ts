import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createChannelServer } from '@tautline/server';
import { Server } from 'socket.io';
import { WebSocketServer, type WebSocket } from 'ws';
import { startPhoenixServer } from '../../test/support/phoenixServer';
import { startPusherServer } from '../../test/support/pusherServer';
import { ROOM, type Dialect } from '../adapters/adapter';

export interface DialectServer {
  readonly port: number;
  readonly path: string;
  /** To everybody in a topic. */
  publish(topic: string, value: string): void;
}

export interface ServerSettings {
  /** How often the server asks whether a client is there, where it is the server that asks, and how long it waits; in milliseconds. */
  readonly heartbeat?: { readonly interval: number; readonly timeout: number } | undefined;
}

/** A server for each dialect, on a free port of 127.0.0.1. */
export const DIALECTS: Record<Dialect, (settings: ServerSettings) => Promise<DialectServer>> = {
  plain: startPlainServer,
  envelope: startOwnServer,
  centrifugo: startOwnServer,

  async phoenix() {
    const { port, publish } = await startPhoenixServer();
    return { port, path: '/socket', publish: (topic, value) => publish(topic, 'update', { value }) };
  },

  async pusher({ heartbeat }) {
    const { port, publish } = await startPusherServer(heartbeat && { activityTimeout: heartbeat.interval / 1_000 });
    return { port, path: '', publish: (topic, value) => publish(topic, 'update', { value }) };
  },

  async 'socket.io'({ heartbeat }) {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const server = new Server(http, {
      cors: { origin: '*' },
      ...(heartbeat && { pingInterval: heartbeat.interval, pingTimeout: heartbeat.timeout }),
    });
    return { port: portOf(http), path: '', publish: (topic, value) => void server.emit(topic, value) };
  },
};

/** The room's messages are bare text, those of a topic are JSON; it confirms what is subscribed to, and answers pings. */
async function startPlainServer(): Promise<DialectServer> {
  const http = createServer().listen(0, '127.0.0.1');
  const server = new WebSocketServer({ server: http });
  server.on('connection', (socket) => {
    socket.on('error', () => {}); // `close` says it too
    socket.on('message', (data) => answer(socket, String(data)));
  });
  await once(http, 'listening');
  return {
    port: portOf(http),
    path: '',
    publish(topic, value) {
      const text = topic === ROOM ? value : JSON.stringify({ topic, value });
      for (const socket of server.clients) socket.send(text);
    },
  };
}

function answer(socket: WebSocket, text: string): void {
  if (text === 'ping') socket.send('pong');
  else if (text.startsWith('{"subscribe"')) {
    const { subscribe } = JSON.parse(text) as { subscribe: string }; // clients under measure send no other
    socket.send(JSON.stringify({ subscribed: subscribe }));
  }
}

/** `@tautline/server` speaks both; its limits are for strangers, and those who are measured are none. */
async function startOwnServer({ heartbeat }: ServerSettings): Promise<DialectServer> {
  const server = createChannelServer({
    port: 0,
    host: '127.0.0.1',
    origins: '*',
    channels: { '*': { history: false, publish: true } },
    limits: {
      maxPayload: 16_777_216, // some join ten thousand channels in one message
      messagesPerSecond: 1_000_000,
      messageBurst: 1_000_000,
      pendingCommands: 1_000_000,
      channelsPerClient: 1_000_000,
      maxBufferedBytes: 1_000_000_000,
      ...(heartbeat && { pingInterval: heartbeat.interval, pongTimeout: heartbeat.timeout }),
    },
  });
  return {
    port: await server.whenListening(),
    path: '/connection/websocket',
    publish: (topic, value) => void server.publish(topic, { value }, { event: 'update' }),
  };
}

const portOf = (http: ReturnType<typeof createServer>): number => (http.address() as AddressInfo).port; // of a TCP server
