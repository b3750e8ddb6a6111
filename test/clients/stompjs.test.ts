import { Client } from '@stomp/stompjs';
import { WebSocketServer } from 'ws';
import { describeClient } from './describeClient';
import { serveStomp } from './stompBroker';

describeClient('stompjs', {
  mount(http) {
    serveStomp(new WebSocketServer({ server: http }));
  },
  connect({ port, WebSocket, retryDelay }) {
    const heard: string[] = [];
    const client = new Client({
      webSocketFactory: () => new WebSocket(`ws://127.0.0.1:${port}`, ['v12.stomp']),
      reconnectDelay: retryDelay,
      onConnect: () => void client.subscribe('/room', ({ body }) => heard.push(body)),
    });
    client.activate();
    return {
      heard,
      say: (body) => client.publish({ destination: '/room', body }),
      close: () => client.deactivate(),
    };
  },
});
