import { io } from 'socket.io-client';
import { ROOM, type Adapter } from './adapter';

/** Without the detour over HTTP polling, which the documentation allows. */
const transports = ['websocket'];

export const adapter: Adapter = {
  connect({ url }, on) {
    const socket = io(url, { transports, forceNew: true });
    socket.on('connect', on.open);
    socket.on(ROOM, on.message);
    return { send: (text) => void socket.emit('say', text), close: () => void socket.disconnect() };
  },

  /** It has no joining by the client: each topic is an event. */
  channels({ url, topics }, on) {
    const socket = io(url, { transports, forceNew: true });
    for (const topic of topics) socket.on(topic, (value: string) => on.value(topic, value));
    socket.on('connect', on.joined);
    return { send() {}, close: () => void socket.disconnect() };
  },
};
