import { channel, createConnection, type Channel, type ChannelProtocol } from '@tautline/core';
import { ROOM, type Adapter, type Line } from './adapter';

interface Events {
  update: { readonly value: string };
}

/** Channels over one of the protocols. */
export const channelsOver = <In, Out>(protocol: () => ChannelProtocol<In, Out>): Adapter => ({
  connect({ url }, on) {
    const connection = createConnection<In, Out>(url, { channels: protocol() });
    const room = channel<Events>(connection, ROOM);
    connection.on('connected', on.open);
    room.on('update', ({ value }) => on.message(value));
    whenJoined(room, () => on.ready?.());
    room.retain();
    return { send: (text) => void room.send('update', { value: text }), close: () => connection.dispose() };
  },

  channels({ url, topics }, on): Line {
    const connection = createConnection<In, Out>(url, { channels: protocol() });
    let missing = topics.length;
    for (const topic of topics) {
      const one = channel<Events>(connection, topic);
      one.on('update', ({ value }) => on.value(topic, value));
      whenJoined(one, () => {
        if (!--missing) on.joined();
      });
      one.retain();
    }
    return { send() {}, close: () => connection.dispose() };
  },
});

function whenJoined({ subscribe, getSnapshot }: Channel<Events>, then: () => void): void {
  const stop = subscribe(() => {
    if (getSnapshot().status !== 'joined') return;
    stop();
    then();
  });
}
