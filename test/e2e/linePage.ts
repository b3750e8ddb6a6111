import { createConnection, type Connection, type ConnectionSnapshot } from '@tautline/core';

/** A page with a connection, and a diary that a test can read. */
export interface LinePage {
  /** What happened, in order. */
  readonly diary: string[];
  /** @param interval Of the heartbeat, in milliseconds; its timeout is a second. */
  connect(url: string, interval: number): void;
  snapshot(): ConnectionSnapshot;
  send(message: string): string;
}

declare global {
  interface Window {
    line: LinePage;
  }
}

const diary: string[] = [];
let connection: Connection;
let sockets = 0;

/** The browser's, with every event of every socket written down, even of those the connection has given up. */
class ObservedWebSocket extends WebSocket {
  constructor(url: string, protocols?: string[]) {
    super(url, protocols);
    const number = sockets++;
    this.addEventListener('close', ({ code }) => diary.push(`socket ${number} close ${code}`));
  }
}

addEventListener('pagehide', ({ persisted }) => diary.push(`pagehide ${persisted}`));
addEventListener('pageshow', ({ persisted }) => diary.push(`pageshow ${persisted}`));

window.line = {
  diary,
  connect(url, interval) {
    connection = createConnection(url, {
      WebSocket: ObservedWebSocket,
      heartbeat: { interval, timeout: 1_000, message: 'ping', isPong: (message) => message === 'ping' },
    });
    connection.on('connected', () => diary.push('connected'));
    connection.on('disconnected', ({ willReconnect }) => diary.push(`disconnected, will reconnect: ${willReconnect}`));
    connection.on('reconnected', () => diary.push('reconnected'));
    connection.on('message', (message) => diary.push(`message ${String(message)}`));
    connection.connect();
  },
  snapshot: () => connection.getSnapshot(),
  send: (message) => connection.send(message),
};
