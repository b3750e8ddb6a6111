import Pusher from 'pusher-js';
import { ROOM, type Adapter, type LinePath } from './adapter';

interface Payload {
  readonly value: string;
}

/** Of the app that the test server serves. */
const KEY = 'app-key';

const open = ({ url, heartbeat }: LinePath) => {
  const { hostname, port } = new URL(url);
  return new Pusher(KEY, {
    cluster: '',
    wsHost: hostname,
    wsPort: Number(port),
    forceTLS: false,
    enabledTransports: ['ws'],
    ...(heartbeat && { activityTimeout: heartbeat.interval, pongTimeout: heartbeat.timeout }),
  });
};

export const adapter: Adapter = {
  connect(path, on) {
    const pusher = open(path);
    pusher.connection.bind('connected', on.open);
    const room = pusher.subscribe(ROOM);
    room.bind('pusher:subscription_succeeded', () => on.ready?.());
    room.bind('update', ({ value }: Payload) => on.message(value));
    return { send: (text) => void room.trigger('client-update', { value: text }), close: () => pusher.disconnect() };
  },

  channels(path, on) {
    const pusher = open(path);
    let missing = path.topics.length;
    for (const topic of path.topics) {
      const channel = pusher.subscribe(topic);
      channel.bind('update', ({ value }: Payload) => on.value(topic, value));
      channel.bind('pusher:subscription_succeeded', () => {
        if (!--missing) on.joined();
      });
    }
    return { send() {}, close: () => pusher.disconnect() };
  },
};
