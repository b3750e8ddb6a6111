import { Aedes } from 'aedes';
import { connect } from 'mqtt';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { describeClient } from './describeClient';

describeClient('MQTT.js', {
  async mount(http) {
    const broker = await Aedes.createBroker();
    new WebSocketServer({ server: http }).on('connection', (socket, request) => {
      const stream = createWebSocketStream(socket);
      stream.on('error', () => {}); // the broker hears it as well
      broker.handle(stream, request);
    });
    return () => new Promise<void>((resolve) => broker.close(resolve));
  },
  connect({ port, WebSocket, retryDelay }) {
    const client = connect(`ws://127.0.0.1:${port}`, {
      forceNativeWebSocket: true, // in Node it would want the class of `ws`
      createWebsocket: (url, protocols) => new WebSocket(url, protocols),
      reconnectPeriod: retryDelay,
      connectTimeout: 60_000,
    });
    const heard: string[] = [];
    client.on('error', () => {}); // each attempt that fails
    client.on('message', (_topic, text) => heard.push(String(text)));
    client.subscribe('room');
    return {
      heard,
      say: (text) => client.publishAsync('room', text),
      close: () => client.endAsync(!client.connected), // else it says goodbye first, once it is
    };
  },
});
