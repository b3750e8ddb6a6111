import { createConnection } from '@tautline/core';
import type { Adapter } from './adapter';

export const adapter: Adapter = {
  connect({ url, heartbeat, queued }, on) {
    const connection = createConnection<string, string>(url, {
      heartbeat: heartbeat && { ...heartbeat, message: 'ping', isPong: (message) => message === 'pong' },
      queue: queued ? { maxMessages: queued, maxBytes: Infinity } : true,
    });
    connection.on('connected', on.open);
    connection.on('message', on.message);
    connection.connect();
    return { send: (text) => void connection.send(text), close: () => connection.dispose() };
  },
};
