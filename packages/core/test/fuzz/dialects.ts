import { createConnection, type ChannelLine, type Connection, type ConnectionOptions } from '../../src/index';
import { centrifugo } from '../../src/protocols/centrifugo';
import { envelope } from '../../src/protocols/envelope';
import { phoenix } from '../../src/protocols/phoenix';
import { pusher } from '../../src/protocols/pusher';
import type { WireFrame } from './hostile';

type Fakes = Pick<ConnectionOptions, 'WebSocket' | 'lifecycle'>;

/** What the test needs of a connection, whatever its messages are. */
export type AnyConnection = ChannelLine & Pick<Connection, 'getSnapshot' | 'connect' | 'dispose'>;

/** A protocol, and a server that speaks it as it should. */
export interface Dialect {
  readonly name: string;
  connect(fakes: Fakes): AnyConnection;
  /** What the server says first. */
  readonly welcome: readonly string[];
  /** Its answer to a frame of the client. */
  answer(frame: string): string | undefined;
  /** An event `say` for the members of a topic. */
  event(topic: string, payload: number): string;
  /** Frames as servers of this kind send them. */
  readonly frames: readonly WireFrame[];
}

const URL = 'wss://example.test/line';

/** Of requests that may be open: a good answer to one that is not is a late one. */
const REFS = [1, 2, 3, 4, 5, 6];

/** The fields of a client's frame that answers are made of. */
interface Request {
  readonly id?: number;
  readonly type?: string;
  readonly connect?: object;
  readonly subscribe?: object;
  readonly event?: string;
  readonly data?: { readonly channel?: string };
}

const read = (frame: string): Request => JSON.parse(frame) as Request; // written by the client, which is ours

const ENVELOPE: Dialect = {
  name: 'envelope',
  connect: (fakes) => createConnection(URL, { ...fakes, channels: envelope({ token: 'a token' }) }),
  welcome: [],
  answer(frame) {
    const { id, type } = read(frame);
    return type === 'ping' ? '{"type":"pong"}' : JSON.stringify({ type: 'ack', id });
  },
  event: (topic, payload) => JSON.stringify({ type: 'event', topic, event: 'say', payload }),
  frames: [
    '{"type":"ack","id":0}',
    ...REFS.flatMap((id) => [
      `{"type":"ack","id":${id},"payload":{"motd":"hi"},"position":"3:abc","recovered":true}`,
      `{"type":"error","id":${id},"message":"no","code":403,"payload":{"why":1},"retry":true}`,
    ]),
    '{"type":"event","topic":"room","event":"say","payload":{"text":"hi"},"position":"4:abc"}',
    '{"type":"ended","topic":"room","message":"over","code":2501,"retry":true}',
    '{"type":"presence","topic":"room","state":[{"id":"ann","ref":"1","info":{"name":"Ann"}}]}',
    '{"type":"presence","topic":"room","joins":[{"id":"bob","ref":"2"}],"leaves":[{"id":"ann","ref":"1"}]}',
    '{"type":"ping"}',
    '{"type":"pong"}',
  ],
};

/** A push, a reply and a broadcast: kind, lengths, fields, payload. */
const binaryOf = (kind: number, fields: readonly string[], payload: readonly number[]): ArrayBuffer => {
  const written = fields.map((field) => [...new TextEncoder().encode(field)]);
  return new Uint8Array([kind, ...written.map(({ length }) => length), ...written.flat(), ...payload]).buffer;
};

const PHOENIX: Dialect = {
  name: 'phoenix',
  connect: (fakes) => createConnection(URL, { ...fakes, channels: phoenix() }),
  welcome: [],
  answer(frame) {
    const [joinRef, ref, topic] = JSON.parse(frame) as [string | null, string, string]; // by the client
    return JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }]);
  },
  event: (topic, payload) => JSON.stringify([null, null, topic, 'say', payload]),
  frames: [
    ...REFS.flatMap((ref) => [
      `["${ref}","${ref}","room","phx_reply",{"status":"ok","response":{"motd":"hi"}}]`,
      `["${ref}","${ref}","room","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]`,
      `["${ref}",null,"room","say",{"text":"hi"}]`,
    ]),
    '[null,null,"room","say",{"text":"hi"}]',
    '[null,null,"room","presence_state",{"ann":{"metas":[{"phx_ref":"a","name":"Ann"}]}}]',
    '[null,null,"room","presence_diff",{"joins":{"bob":{"metas":[{"phx_ref":"b","phx_ref_prev":"a"}]}},"leaves":{}}]',
    '[null,null,"room","phx_error",{}]',
    '[null,null,"room","phx_close",{}]',
    '[null,"heartbeat","phoenix","phx_reply",{"status":"ok","response":{}}]',
    binaryOf(0, ['1', 'room', 'say'], [1, 2, 3]),
    binaryOf(1, ['1', '1', 'room', 'ok'], [1, 2, 3]),
    binaryOf(2, ['room', 'say'], [1, 2, 3]),
  ],
};

const CENTRIFUGO: Dialect = {
  name: 'centrifugo',
  connect: (fakes) =>
    createConnection(URL, {
      ...fakes,
      channels: centrifugo({ token: () => 'a token', subscriptionToken: () => 'another', presence: true }),
    }),
  welcome: [],
  answer(frame) {
    const { id, ...command } = read(frame);
    const [method] = Object.keys(command);
    if (!id || !method) return undefined;
    const result = command.connect ? { client: 'me', ping: 25, pong: true } : {};
    return JSON.stringify({ id, [method]: result });
  },
  event: (topic, payload) => JSON.stringify({ push: { channel: topic, pub: { data: { event: 'say', payload } } } }),
  frames: [
    '{}',
    '{"id":1,"connect":{"client":"me","version":"6","expires":true,"ttl":60,"ping":25,"pong":true,"subs":{"room":{"recoverable":true,"epoch":"x","offset":3,"publications":[{"data":1,"offset":3}]}}}}',
    ...REFS.flatMap((id) => [
      `{"id":${id},"subscribe":{"expires":true,"ttl":60,"recoverable":true,"epoch":"x","offset":9007199254740993,"was_recovering":true,"recovered":true,"publications":[{"data":{"event":"say","payload":1},"offset":4}]}}`,
      `{"id":${id},"error":{"code":109,"message":"token expired"}}`,
    ]),
    '{"id":3,"presence":{"presence":{"c1":{"user":"ann","client":"c1","conn_info":{"name":"Ann"}}}}}',
    '{"push":{"channel":"room","pub":{"data":{"event":"say","payload":{"text":"hi"}},"offset":5,"info":{"user":"ann","client":"c1"}}}}',
    '{"push":{"channel":"room","join":{"info":{"user":"bob","client":"c2","chan_info":{"a":1},"conn_info":{"b":2}}}}}',
    '{"push":{"channel":"room","leave":{"info":{"user":"bob","client":"c2"}}}}',
    '{"push":{"channel":"room","unsubscribe":{"code":2500,"reason":"insufficient state"}}}',
    '{"push":{"channel":"news","subscribe":{"recoverable":true,"epoch":"x","offset":1}}}',
    '{"push":{"refresh":{"expires":true,"ttl":60}}}',
    '{"push":{"disconnect":{"code":3001,"reason":"shutdown"}}}',
  ],
};

const PUSHER: Dialect = {
  name: 'pusher',
  connect: (fakes) => createConnection(URL, { ...fakes, channels: pusher({ key: 'key' }) }),
  welcome: [
    '{"event":"pusher:connection_established","data":"{\\"socket_id\\":\\"1.2\\",\\"activity_timeout\\":120}"}',
  ],
  answer(frame) {
    const { event, data } = read(frame);
    if (event === 'pusher:ping') return '{"event":"pusher:pong","data":"{}"}';
    if (event !== 'pusher:subscribe') return undefined;
    return JSON.stringify({ event: 'pusher_internal:subscription_succeeded', channel: data?.channel, data: '{}' });
  },
  event: (channel, payload) => JSON.stringify({ event: 'say', channel, data: JSON.stringify(payload) }),
  frames: [
    '{"event":"pusher:connection_established","data":"{\\"socket_id\\":\\"1.2\\",\\"activity_timeout\\":30}"}',
    '{"event":"pusher:connection_established","data":{"socket_id":"1.2","activity_timeout":30}}',
    '{"event":"pusher_internal:subscription_succeeded","channel":"room","data":"{}"}',
    '{"event":"pusher_internal:subscription_succeeded","channel":"room","data":{"presence":{"ids":["a"],"hash":{"a":{"name":"Ann"}},"count":1}}}',
    '{"event":"pusher_internal:member_added","channel":"room","data":{"user_id":"b","user_info":{"name":"Bob"}}}',
    '{"event":"pusher_internal:member_removed","channel":"room","data":{"user_id":"b"}}',
    '{"event":"pusher_internal:subscription_count","channel":"room","data":"{\\"subscription_count\\":3}"}',
    '{"event":"pusher:subscription_error","channel":"room","data":{"type":"AuthError","error":"no","status":403}}',
    '{"event":"pusher:error","data":{"code":4200,"message":"please reconnect"}}',
    '{"event":"say","channel":"room","data":"{\\"text\\":\\"hi\\"}"}',
    '{"event":"client-typing","channel":"room","data":{"who":"ann"},"user_id":"a"}',
    '{"event":"pusher:ping","data":"{}"}',
    '{"event":"pusher:pong","data":"{}"}',
  ],
};

export const DIALECTS: readonly Dialect[] = [ENVELOPE, PHOENIX, CENTRIFUGO, PUSHER];
