import { createConnection, type ConnectionOptions } from '@tautline/core';
import type { Adapter } from './adapter';

export const connectWith =
  (options: ConnectionOptions<string, string>): NonNullable<Adapter['connect']> =>
  ({ url, heartbeat, queued }, on) => {
    const connection = createConnection<string, string>(url, {
      ...options,
      heartbeat: heartbeat && { ...heartbeat, message: 'ping', isPong: (message) => message === 'pong' },
      queue: queued ? { maxMessages: queued, maxBytes: Infinity } : true,
    });
    connection.on('connected', on.open);
    connection.on('message', on.message);
    connection.connect();
    return { send: (text) => void connection.send(text), close: () => connection.dispose() };
  };

export const adapter: Adapter = { connect: connectWith({}) };
