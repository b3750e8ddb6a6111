import { WebSocket as PartyWebSocket } from 'partysocket';
import type { Adapter } from './adapter';

export const adapter: Adapter = {
  connect({ url }, on) {
    const socket = new PartyWebSocket(url);
    socket.addEventListener('open', on.open);
    socket.addEventListener('message', ({ data }) => on.message(data));
    return { send: (text) => socket.send(text), close: () => socket.close() };
  },
};
