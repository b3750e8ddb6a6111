import { Centrifuge } from 'centrifuge';
import { createChannelServer } from '@tautline/server';
import { describeClient } from './describeClient';

describeClient('centrifuge', {
  mount(http) {
    const server = createChannelServer({ server: http, channels: { room: { publish: true } } });
    return () => server.close();
  },
  connect({ port, WebSocket, retryDelay }) {
    const client = new Centrifuge(`ws://127.0.0.1:${port}/connection/websocket`, {
      websocket: WebSocket,
      minReconnectDelay: retryDelay,
      maxReconnectDelay: 20,
      timeout: 60_000,
    });
    const heard: string[] = [];
    const room = client.newSubscription('room');
    room.on('publication', ({ data }: { data: string }) => heard.push(data));
    room.subscribe();
    client.connect();
    return {
      heard,
      say: (text) => room.publish(text),
      close: () => client.disconnect(),
    };
  },
});
