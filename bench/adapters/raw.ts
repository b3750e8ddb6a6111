import type { Adapter } from './adapter';

/** Nothing between the browser and who uses it: what no library can be faster than. */
export const adapter: Adapter = {
  connect({ url }, on) {
    const socket = new WebSocket(url);
    socket.onopen = () => on.open();
    socket.onmessage = ({ data }) => on.message(data);
    return { send: (text) => socket.send(text), close: () => socket.close() };
  },
};
