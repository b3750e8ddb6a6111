import { Server } from 'socket.io';
import { io, WebSocket as WebSocketTransport } from 'socket.io-client';
import { describeClient } from './describeClient';

describeClient('socket.io-client', {
  mount(http) {
    const server = new Server(http);
    server.on('connection', (socket) => socket.on('say', (text: string) => server.emit('said', text)));
    return () => server.close();
  },
  connect({ port, WebSocket, retryDelay }) {
    class Transport extends WebSocketTransport {
      override createSocket(url: string, protocols?: string | string[]) {
        return new WebSocket(url, protocols);
      }
    }
    const client = io(`http://127.0.0.1:${port}`, {
      transports: [Transport],
      forceNew: true,
      timeout: 60_000,
      reconnectionDelay: retryDelay,
      reconnectionDelayMax: 20,
    });
    const heard: string[] = [];
    client.on('said', (text: string) => heard.push(text));
    return {
      heard,
      say: (text) => client.emit('say', text),
      close: () => client.close(),
    };
  },
});
