import type { Disconnect } from '../disconnects';
import { contentOf, eventDraft, UNNAMED, type Member, type Position, type Publication } from '../hub/publication';
import { isObject, parseJson, toJson, type JsonObject } from '../lib/json';
import { Refusal } from '../refusal';
import { memoized } from './memoized';
import { comesBack, type Answer, type Command, type Request, type Subscribed, type Wire } from './wire';

/** The subprotocol that chooses this format. */
export const ENVELOPE_SUBPROTOCOL = 'tautline.envelope.v1';

/** Plain JSON, as specified in docs/protocol-envelope.md. */
export const envelope: Wire = {
  format: 'envelope',
  connectsImplicitly: true,
  refreshes: false,
  serverSubscriptions: false,
  ping: '{"type":"ping"}',
  pong: '{"type":"pong"}',
  decode: decodeEnvelope,
  closeOf: ({ code, reason }: Disconnect) => ({
    code: CLOSE_CODES.get(code) ?? (isFinal(code) ? FINAL : code),
    reason,
  }),
  refused: (id, { code, message, temporary, data }) =>
    JSON.stringify({
      type: 'error',
      id,
      message,
      code: ERROR_CODES.get(code) ?? code,
      payload: data,
      retry: temporary || undefined,
    }),
  connected: (id, { client, data }) => JSON.stringify({ type: 'ack', id, payload: { client, data } }),
  subscribed,
  answered: (id, answer) => `{"type":"ack","id":${id}${replyOf(answer)}}`,
  published: memoized(
    ({ channel, event = UNNAMED, json, position }: Publication) =>
      `{"type":"event","topic":${JSON.stringify(channel)},"event":${JSON.stringify(event)},"payload":${json}` +
      `${position ? `,"position":"${tokenOf(position)}"` : ''}}`,
  ),
  joined: memoized((member: Member, topic: string) => presence(topic, { joins: [memberOf(member)], leaves: [] })),
  left: memoized((member: Member, topic: string) => presence(topic, { joins: [], leaves: [memberOf(member)] })),
  unsubscribed: (topic, why) =>
    JSON.stringify({ type: 'ended', topic, message: why.reason, code: why.code, retry: comesBack(why) || undefined }),
};

/** The close codes of Centrifugo's protocol, as those of the default table that mean the same. */
const CLOSE_CODES: ReadonlyMap<number, number> = new Map([
  [3001, 1012], // shutdown
  [3004, 1011], // internal server error
  [3005, 4401], // connection expired
  [3008, 1013], // slow
  [3011, 1012], // force reconnect
  [3012, 4408], // no pong
  [3013, 4429], // too many requests
  [3500, 4403], // invalid token
  [3501, 4400], // bad request
  [3502, 4408], // stale
  [3503, 4403], // force disconnect
]);

/** What ends it for good in the default table, for codes that it does not know. */
const FINAL = 4403;

const isFinal = (code: number): boolean => (code >= 3_500 && code < 4_000) || code >= 4_500;

/** The error codes of Centrifugo's protocol, as those of HTTP. */
const ERROR_CODES: ReadonlyMap<number, number> = new Map([
  [100, 500],
  [101, 401],
  [102, 404],
  [103, 403],
  [104, 404],
  [105, 409],
  [106, 403],
  [107, 400],
  [108, 404],
  [109, 401],
  [110, 401],
  [111, 429],
  [112, 410],
]);

/** What is no frame of the specification is ignored: an empty list. */
function decodeEnvelope(text: string): readonly Command[] {
  const frame = parseJson(text);
  if (!isObject(frame)) return [];
  const { type, id } = frame;
  const { length } = text;
  if (type === 'ping' || type === 'pong') return [{ type, length }];
  if (typeof id !== 'number' || !Number.isFinite(id)) return []; // 1e999 is Infinity
  const request = readRequest(id, frame);
  return request ? [{ ...request, length }] : [];
}

function readRequest(id: number, frame: JsonObject): Request | null {
  const { type, topic, event, payload, position } = frame;
  const invalid: Request = { type: 'invalid', id, refusal: new Refusal('bad-request') };
  switch (type) {
    case 'connect': {
      const token = isObject(payload) && typeof payload['token'] === 'string' ? payload['token'] : '';
      return { type, id, token, data: payload, positions: new Map() };
    }
    case 'subscribe':
      if (typeof topic !== 'string') return invalid;
      return { type, id, channel: topic, token: '', data: payload, position: positionOf(position), joinLeave: true };
    case 'unsubscribe':
      return typeof topic === 'string' ? { type, id, channel: topic } : invalid;
    case 'publish': {
      if (typeof topic !== 'string' || typeof event !== 'string') return invalid;
      const draft = eventDraft(event, payload);
      return { type, id, channel: topic, content: contentOf(draft), payload: draft.payload };
    }
    case 'call':
      if (typeof event !== 'string') return invalid;
      return { type, id, method: event, data: payload, channel: typeof topic === 'string' ? topic : undefined };
    default:
      return null;
  }
}

/** Who is there comes before what was missed, so that nothing is said by somebody unknown. */
function subscribed(id: number, topic: string, { position, publications, recovered, ...rest }: Subscribed): string[] {
  const { data, members } = rest;
  const at = position && tokenOf(position);
  const ack = JSON.stringify({ type: 'ack', id, payload: data, position: at, recovered });
  const state = members ? [presence(topic, { state: members.map(memberOf) })] : [];
  return [ack, ...state, ...publications.map(envelope.published)];
}

function replyOf(answer: Answer): string {
  switch (answer.type) {
    case 'publish':
    case 'call':
      return answer.data === undefined ? '' : `,"payload":${toJson(answer.data)}`;
    default:
      return '';
  }
}

const presence = (topic: string, what: object): string => JSON.stringify({ type: 'presence', topic, ...what });

/** Who is anonymous is somebody else on each connection. */
const memberOf = ({ user, client, connInfo, chanInfo }: Member) => ({
  id: user || client,
  ref: client,
  // Both are about the same member; where they name the same thing, the channel's word counts.
  info: isObject(connInfo) && isObject(chanInfo) ? { ...connInfo, ...chanInfo } : (chanInfo ?? connInfo),
});

const tokenOf = ({ offset, epoch }: Position): string => `${offset}:${epoch}`;

/** A position that is not ours fits no stream: `recovered` will be false. */
function positionOf(token: unknown): Position | undefined {
  if (token === undefined || token === null) return undefined;
  const [, offset, epoch] = /^(\d{1,15}):(\w+)$/.exec(String(token)) ?? [];
  return { offset: Number(offset ?? 0), epoch: epoch ?? '' };
}
