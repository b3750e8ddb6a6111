import { randomInt } from 'node:crypto';
import type { PusherAuth } from './pusherAuth';

/** A frame, with `data` decoded. */
export interface PusherFrame {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
}

interface Socket {
  /** `data` is encoded twice. */
  send(frame: PusherFrame): void;
  /** As it came. */
  forward(frame: PusherFrame & { user_id?: string }): void;
  close(code: number, reason: string): void;
  cut(): void;
}

interface Client extends Socket {
  readonly id: string;
  /** Channels that said "busy" to it. */
  readonly refused: Set<string>;
  /** When its last client events came, in milliseconds. */
  events: number[];
}

interface User {
  readonly user_id: string;
  readonly user_info?: unknown;
}

interface Subscribe {
  readonly channel: string;
  readonly auth?: string;
  readonly channel_data?: string;
}

/** The channels of one app: who is in which, and what is said to them. */
export interface PusherHub {
  readonly received: readonly PusherFrame[];
  /** Returns its id, what to do with each frame, and at the end. */
  accept(socket: Socket): { id: string; receive(frame: PusherFrame): void; gone(): void };
  each(act: (socket: Socket) => void): void;
  publish(channel: string, event: string, data: unknown): void;
  end(channel: string, how: 'crash' | 'close'): void;
  members(channel: string): number;
  joins(channel: string): number;
  release(): void;
  /** As if started anew; only the counts stay. */
  forget(): void;
}

/** What a channel does follows from what comes after the protocol's prefix. */
const does = (channel: string, what: string) => channel.replace(/^(private|presence)-/, '').startsWith(what);
const isRestricted = (channel: string) => /^(private|presence)-/.test(channel);

export function createPusherHub(sign: PusherAuth['sign']): PusherHub {
  const received: PusherFrame[] = [];
  const clients = new Set<Client>();
  const channels = new Map<string, Map<Client, User | undefined>>();
  const joins = new Map<string, number>();
  /** What `cache-` channels said last. */
  const cache = new Map<string, PusherFrame>();
  const waiting: (() => void)[] = [];

  const membersOf = (channel: string) => channels.get(channel) ?? new Map<Client, User | undefined>();
  const tell = (channel: string, frame: PusherFrame, except?: Client) => {
    for (const client of membersOf(channel).keys()) if (client !== except) client.send({ ...frame, channel });
  };
  const hasUser = (channel: string, user: User) =>
    [...membersOf(channel).values()].some((other) => other?.user_id === user.user_id);

  const subscribe = (client: Client, asked: Subscribe) => {
    const { channel } = asked;
    joins.set(channel, (joins.get(channel) ?? 0) + 1);
    if (membersOf(channel).has(client)) return fault(client, null, `Existing subscription to channel ${channel}`);
    const refusal = refusalOf(client, asked);
    if (refusal) return client.send({ event: 'pusher:subscription_error', channel, data: refusal });
    if (does(channel, 'slow')) waiting.push(() => admit(client, asked));
    else admit(client, asked);
  };

  const refusalOf = ({ id, refused }: Client, { channel, auth, channel_data }: Subscribe) => {
    if (isRestricted(channel) && auth !== sign(id, channel, channel_data)) {
      return { type: 'AuthError', error: 'The connection is unauthorized.', status: 401 };
    }
    if (does(channel, 'refused')) return { type: 'AuthError', error: 'Not for you.', status: 403 };
    if (!does(channel, 'busy') || refused.has(channel)) return undefined;
    refused.add(channel);
    return { type: 'ServerError', error: 'Not now.', status: 503 };
  };

  const admit = (client: Client, { channel, channel_data }: Subscribe) => {
    if (!clients.has(client)) return;
    // Was signed by the endpoint.
    const user = channel.startsWith('presence-') ? (JSON.parse(channel_data ?? '') as User) : undefined;
    const isNew = !!user && !hasUser(channel, user);
    channels.set(channel, membersOf(channel).set(client, user));
    client.send({ event: 'pusher_internal:subscription_succeeded', channel, data: user ? presenceOf(channel) : {} });
    if (isNew) tell(channel, { event: 'pusher_internal:member_added', data: user }, client);
    if (/^(private-|presence-)?cache-/.test(channel)) {
      client.send(cache.get(channel) ?? { event: 'pusher:cache_miss', channel });
    }
  };
  const presenceOf = (channel: string) => {
    const users = new Map([...membersOf(channel).values()].map((user) => [user?.user_id ?? '', user?.user_info]));
    return { presence: { ids: [...users.keys()], hash: Object.fromEntries(users), count: users.size } };
  };

  const unsubscribe = (client: Client, channel: string) => {
    const members = membersOf(channel);
    const user = members.get(client);
    members.delete(client);
    const data = { user_id: user?.user_id };
    if (user && !hasUser(channel, user)) tell(channel, { event: 'pusher_internal:member_removed', data });
  };

  const leave = (client: Client, channel: string) => {
    if (membersOf(channel).has(client)) return unsubscribe(client, channel);
    fault(client, null, `No current subscription to channel ${channel}, or subscription in progress`);
  };

  const trigger = (client: Client, { event, channel = '', data }: PusherFrame) => {
    const members = membersOf(channel);
    if (!members.has(client)) return fault(client, 4009, 'The client is not a member of the specified channel.');
    if (!isRestricted(channel)) return fault(client, 4009, 'Client events need a private or presence channel.');
    const now = performance.now();
    client.events = client.events.filter((at) => now - at < 1_000);
    if (client.events.length >= 10) return fault(client, 4301, 'The rate limit of client events was exceeded.');
    client.events.push(now);
    const user_id = members.get(client)?.user_id;
    for (const other of members.keys()) {
      if (other !== client) other.forward({ event, channel, data, ...(user_id && { user_id }) });
    }
  };

  const receive = (client: Client, frame: PusherFrame) => {
    received.push(frame);
    // By the protocol; whoever sends something else learns it from an exception.
    if (frame.event === 'pusher:subscribe') subscribe(client, frame.data as Subscribe);
    else if (frame.event === 'pusher:unsubscribe') leave(client, (frame.data as Subscribe).channel);
    else if (frame.event === 'pusher:ping') client.send({ event: 'pusher:pong', data: {} });
    else if (frame.event.startsWith('client-')) trigger(client, frame);
    else if (frame.event !== 'pusher:pong') fault(client, null, `Unknown event ${frame.event}`);
  };

  return {
    received,
    accept(socket) {
      const id = `${randomInt(1e9)}.${randomInt(1e9)}`;
      const client: Client = { ...socket, id, refused: new Set(), events: [] };
      clients.add(client);
      return {
        id,
        receive: (frame) => receive(client, frame),
        gone() {
          clients.delete(client);
          for (const channel of channels.keys()) unsubscribe(client, channel);
        },
      };
    },
    each: (act) => clients.forEach(act),
    publish(channel, event, data) {
      cache.set(channel, { event, channel, data });
      tell(channel, { event, data });
    },
    end(channel, how) {
      const ended = [...membersOf(channel).keys()];
      const data = { type: 'AuthError', error: 'The channel was closed.', status: 403 };
      if (how === 'close') channels.delete(channel);
      for (const client of ended) {
        if (how === 'crash') client.close(4200, 'Please reconnect');
        else client.send({ event: 'pusher:subscription_error', channel, data });
      }
    },
    members: (channel) => membersOf(channel).size,
    joins: (channel) => joins.get(channel) ?? 0,
    release() {
      for (const admitNow of waiting.splice(0)) admitNow();
    },
    forget() {
      clients.clear();
      channels.clear();
      cache.clear();
      waiting.length = 0;
    },
  };
}

function fault(client: Client, code: number | null, message: string): void {
  client.send({ event: 'pusher:error', data: { code, message } });
}
