import ReconnectingWebSocket from 'reconnecting-websocket';
import type { Adapter } from './adapter';

export const adapter: Adapter = {
  connect({ url }, on) {
    const socket = new ReconnectingWebSocket(url);
    socket.addEventListener('open', on.open);
    socket.addEventListener('message', ({ data }) => on.message(data));
    return { send: (text) => socket.send(text), close: () => socket.close() };
  },
};
