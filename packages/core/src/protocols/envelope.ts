import { ChannelRefusal } from '../errors';
import type { HeartbeatOptions, Provider } from '../options';
import type { ChannelProtocol, SessionContext } from '../options';
import type { ChannelSession, PresenceEntry } from '../session';
import { json } from '../wire/codec';
import { askAhead } from './askAhead';

/** A frame on the wire. */
type Frame = Readonly<Record<string, unknown>>;

/** The fields of a frame by the names of the specification. */
interface Fields {
  readonly id?: unknown;
  readonly topic?: unknown;
  readonly event?: unknown;
  readonly payload?: unknown;
  readonly position?: unknown;
  readonly recovered?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly retry?: unknown;
  readonly state?: unknown;
  readonly joins?: unknown;
  readonly leaves?: unknown;
}
type FrameType =
  | 'connect'
  | 'subscribe'
  | 'unsubscribe'
  | 'publish'
  | 'call'
  | 'ping'
  | 'pong'
  | 'ack'
  | 'error'
  | 'event'
  | 'ended'
  | 'presence';

export interface EnvelopeOptions {
  /**
   * Says who connects: the first frame of each line carries it, and everything else waits for the answer.
   * Called again before every attempt.
   *
   * @default none: no such frame
   */
  token?: Provider<string> | undefined;
  /** The server's own names of fields: `{ topic: 'room', payload: 'data' }`. @default those of the specification */
  fields?: Partial<Record<keyof Fields | 'type', string>> | undefined;
  /** The server's own names of frame types: `{ publish: 'send', event: 'message' }`. @default those of the specification */
  types?: Partial<Record<FrameType, string>> | undefined;
  /** When to ping, in milliseconds; `false` for a server that has no `pong`. @default every 25_000, to be answered within 5_000 */
  heartbeat?: Pick<HeartbeatOptions<unknown, unknown>, 'interval' | 'timeout'> | false | undefined;
}

/** Plain JSON, for servers written by hand. `docs/protocol-envelope.md` is its specification. */
export function envelope({ token, fields = {}, types = {}, heartbeat = {} }: EnvelopeOptions = {}): ChannelProtocol<
  Frame,
  Frame
> {
  const fieldName = (name: keyof Fields | 'type') => fields[name] ?? name;
  const read = (frame: Frame) => (name: keyof Fields | 'type') => frame[fieldName(name)];
  const typeByName = new Map(Object.entries(types).map(([type, name]) => [name, type]));
  const typeOf = (frame: Frame) => {
    const name = read(Object(frame) as Frame)('type'); // whatever JSON came
    return typeByName.get(name as string) ?? name;
  };
  const write = (type: FrameType, given: Fields = {}): Frame => {
    const frame: Record<string, unknown> = { [fieldName('type')]: types[type] ?? type };
    for (const name in given) frame[fieldName(name as keyof Fields)] = given[name as keyof Fields];
    return frame;
  };

  const { url, answerFor } = askAhead(token);

  /** The token as first frame, and the server's consent. */
  const introduce = async (context: SessionContext<Frame, Frame>) => {
    context.send(write('connect', { id: 0, payload: { token: answerFor(context) } }));
    for (;;) {
      const frame = await context.receive();
      const type = typeOf(frame);
      if (type === 'ack') return;
      if (type === 'ping') context.send(write('pong'));
      if (type === 'error') {
        const field = read(frame);
        const { message, reason, verdict } = refusalOf(field);
        throw new ChannelRefusal(message, { reason, verdict: field('code') === 401 ? 'reauth' : verdict });
      }
    }
  };

  const session = ({ send, tell }: SessionContext<Frame, Frame>): ChannelSession<Frame> => ({
    join: ({ ref, topic, params, position }) => send(write('subscribe', { id: ref, topic, payload: params, position })),
    leave: ({ ref, topic }) => send(write('unsubscribe', { id: ref, topic })),
    push: ({ ref, topic, event, payload }) => send(write('publish', { id: ref, topic, event, payload })),
    call: ({ ref, command }) => send(write('call', { ...Object(command), id: ref })),
    receive(frame) {
      const type = typeOf(frame);
      const field = read(frame);
      const needed = (name: keyof Fields) => {
        const value = field(name) ?? null;
        if (value === null) throw new TypeError(`No \`${name}\`.`);
        return String(value);
      };
      const ref = () => Number(needed('id'));
      const position = field('position');
      const payload = field('payload');
      switch (type) {
        case 'ack':
          return tell({ type: 'reply', ref: ref(), payload, position, recovered: field('recovered') === true });
        case 'error':
          return tell({ type: 'refusal', ref: ref(), ...refusalOf(field) });
        case 'event':
          return tell({ type: 'event', topic: needed('topic'), event: needed('event'), payload, position });
        case 'ended':
          return tell({ type: 'ended', topic: needed('topic'), ...refusalOf(field) });
        case 'presence':
          return tell({
            type: 'presence',
            topic: needed('topic'),
            ...(field('state') ? { state: entriesOf(field('state')) } : {}),
            joins: entriesOf(field('joins')),
            leaves: entriesOf(field('leaves')),
          });
        case 'ping':
          return send(write('pong'));
        case 'pong':
          return;
      }
      throw new TypeError(`Unknown frame type: ${String(type)}.`);
    },
  });

  return {
    name: 'envelope',
    protocols: 'tautline.envelope.v1',
    codec: json<Frame, Frame>(),
    ...(token !== undefined && { url }),
    heartbeat: heartbeat && { ...heartbeat, message: write('ping'), isPong: (frame) => typeOf(frame) === 'pong' },
    async open(context) {
      if (token !== undefined) await introduce(context);
      return session(context);
    },
  };
}

/** What a server says against something, in words and with whatever it adds. */
function refusalOf(field: (name: keyof Fields) => unknown) {
  const message = field('message');
  return {
    message: String(message ?? 'The server gives no reason.'),
    reason: field('payload') ?? { code: field('code'), message },
    verdict: field('retry') === true ? 'retry' : 'stop',
  } as const;
}

/** Members as they are written on the wire. */
const entriesOf = (list: unknown): PresenceEntry[] =>
  (Array.isArray(list) ? list : []).map((member: Frame) => ({
    id: String(member.id),
    ref: String(member.ref ?? member.id),
    info: member.info,
  }));
