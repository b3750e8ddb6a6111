import { Centrifuge, type Subscription } from 'centrifuge';
import { ROOM, type Adapter } from './adapter';

/** What our server publishes an event as, in this protocol. */
interface Publication {
  readonly payload: { readonly value: string };
}

const onUpdate = (subscription: Subscription, hear: (value: string) => void) =>
  subscription.on('publication', ({ data }) => hear((data as Publication).payload.value)); // nothing else is published

export const adapter: Adapter = {
  connect({ url, heartbeat }, on) {
    const client = new Centrifuge(url, {
      websocket: globalThis.WebSocket,
      ...(heartbeat && { maxServerPingDelay: heartbeat.timeout }),
    });
    const room = client.newSubscription(ROOM);
    client.on('connected', on.open);
    room.on('subscribed', () => on.ready?.());
    onUpdate(room, on.message);
    room.subscribe();
    client.connect();
    return {
      send: (text) => void room.publish({ event: 'update', payload: { value: text } }).catch(() => {}),
      close: () => client.disconnect(),
    };
  },

  channels({ url, topics }, on) {
    const client = new Centrifuge(url, { websocket: globalThis.WebSocket });
    let missing = topics.length;
    for (const topic of topics) {
      const subscription = client.newSubscription(topic);
      onUpdate(subscription, (value) => on.value(topic, value));
      subscription.on('subscribed', () => {
        if (!--missing) on.joined();
      });
      subscription.subscribe();
    }
    client.connect();
    return { send() {}, close: () => client.disconnect() };
  },
};
