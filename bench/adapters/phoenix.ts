import { Socket, type Channel } from 'phoenix';
import { ROOM, type Adapter } from './adapter';

interface Payload {
  readonly value: string;
}

const onUpdate = (channel: Channel, hear: (value: string) => void) =>
  channel.on('update', (payload: Payload) => hear(payload.value));

export const adapter: Adapter = {
  connect({ url, heartbeat }, on) {
    const socket = new Socket(url, heartbeat && { heartbeatIntervalMs: heartbeat.interval });
    socket.onOpen(on.open);
    socket.connect();
    const room = socket.channel(ROOM);
    onUpdate(room, on.message);
    room.join().receive('ok', () => on.ready?.());
    return { send: (text) => void room.push('update', { value: text }), close: () => socket.disconnect() };
  },

  channels({ url, topics }, on) {
    const socket = new Socket(url);
    socket.connect();
    let missing = topics.length;
    for (const topic of topics) {
      const channel = socket.channel(topic);
      onUpdate(channel, (value) => on.value(topic, value));
      channel.join().receive('ok', () => {
        if (!--missing) on.joined();
      });
    }
    return { send() {}, close: () => socket.disconnect() };
  },
};
