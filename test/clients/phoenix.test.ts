import { Socket } from 'phoenix';
import { WebSocketServer } from 'ws';
import { createPeer, createPhoenixChannels } from '../support/phoenixChannels';
import { readFrame, writeFrame } from '../support/phoenixFrames';
import { describeClient } from './describeClient';

let channels = createPhoenixChannels();

describeClient('phoenix', {
  ways: ['theirs', 'ours', 'ours alone'],
  mount(http) {
    channels = createPhoenixChannels();
    new WebSocketServer({ server: http }).on('connection', (socket) => {
      const peer = createPeer((message) => socket.send(writeFrame(message)));
      socket.on('message', (data, isBinary) => channels.receive(peer, readFrame(data as Buffer, isBinary))); // `ws` gives no other by default
      socket.on('close', () => channels.lose(peer));
    });
  },
  connect({ port, WebSocket, retryDelay }) {
    const client = new Socket(`ws://127.0.0.1:${port}`, {
      transport: WebSocket,
      reconnectAfterMs: () => retryDelay,
      rejoinAfterMs: () => 10,
    });
    client.connect();
    const room = client.channel('room');
    const heard: string[] = [];
    room.on('said', ({ text }: { text: string }) => void heard.push(text));
    room.join();
    return {
      heard,
      say(text) {
        room.push('echo', { text }, 200).receive('ok', (answer) => channels.publish('room', 'said', answer));
      },
      close: () => client.disconnect(),
    };
  },
});
