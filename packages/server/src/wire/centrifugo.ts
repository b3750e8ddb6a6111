import { dataJsonOf, type Member, type Publication } from '../hub/publication';
import type { Disconnect } from '../disconnects';
import { toJson } from '../lib/json';
import { decodeCentrifugo } from './centrifugoCommands';
import { memoized } from './memoized';
import type { Answer, Subscribed, Welcome, Wire } from './wire';

/**
 * Centrifugo's JSON protocol: what the `centrifuge` client speaks.
 *
 * @see https://centrifugal.dev/docs/transports/client_protocol
 */
export const centrifugo: Wire = {
  format: 'centrifugo',
  connectsImplicitly: false,
  refreshes: true,
  serverSubscriptions: true,
  ping: '{}',
  pong: '{}',
  decode: decodeCentrifugo,
  closeOf: (disconnect: Disconnect) => disconnect,
  refused: (id, { code, message, temporary }) =>
    JSON.stringify({ id, error: { code, message, temporary: temporary || undefined } }),
  connected: (id, welcome) => `{"id":${id},"connect":${connectJson(welcome)}}`,
  subscribed: (id, _channel, subscribed) => [`{"id":${id},"subscribe":${subscribeJson(subscribed)}}`],
  answered: (id, answer) => `{"id":${id},${answerJson(answer)}}`,
  published: memoized(
    (publication: Publication) =>
      `{"push":{"channel":${JSON.stringify(publication.channel)},"pub":${publicationJson(publication)}}}`,
  ),
  joined: memoized((member: Member, channel: string) => push(channel, { join: { info: infoOf(member) } })),
  left: memoized((member: Member, channel: string) => push(channel, { leave: { info: infoOf(member) } })),
  unsubscribed: (channel, { code, reason }) => push(channel, { unsubscribe: { code, reason } }),
};

const push = (channel: string, what: object): string => JSON.stringify({ push: { channel, ...what } });

/** A time to live in seconds, rounded up: 0 would be read as none. */
const expiryOf = (ttl: number | undefined) =>
  ttl === undefined ? undefined : { expires: true, ttl: Math.max(1, Math.ceil(ttl / 1_000)) };

function connectJson({ client, data, ttl, pingInterval, subscriptions }: Welcome): string {
  const pings = pingInterval < Infinity && { ping: Math.ceil(pingInterval / 1_000), pong: true };
  const head = JSON.stringify({ client, version: 'tautline', data, ...expiryOf(ttl), ...pings });
  if (!subscriptions.size) return head;
  const subs = [...subscriptions].map(([channel, each]) => `${JSON.stringify(channel)}:${subscribeJson(each)}`);
  return `${head.slice(0, -1)},"subs":{${subs.join()}}}`;
}

function subscribeJson({ position, publications, recovered, data, ttl }: Subscribed): string {
  const kept = position && { recoverable: true, positioned: true, ...position };
  const recovery = recovered !== undefined && { was_recovering: true, recovered };
  const head = JSON.stringify({ ...kept, ...recovery, data, ...expiryOf(ttl) });
  if (!publications.length) return head;
  return `${head.slice(0, -1)},"publications":[${publications.map(publicationJson).join()}]}`;
}

function answerJson(answer: Answer): string {
  switch (answer.type) {
    case 'unsubscribe':
    case 'publish': // what a handler replied has no place here
      return `"${answer.type}":{}`;
    case 'call':
      return `"rpc":{"data":${toJson(answer.data)}}`;
    case 'presence': {
      const members = answer.members.map((member) => [member.client, infoOf(member)] as const);
      return `"presence":${JSON.stringify({ presence: Object.fromEntries(members) })}`;
    }
    case 'presence-stats': {
      const users = new Set(answer.members.map(({ user }) => user));
      return `"presence_stats":{"num_clients":${answer.members.length},"num_users":${users.size}}`;
    }
    case 'history': {
      const { offset, epoch } = answer.position;
      const publications = answer.publications.map(publicationJson).join();
      return `"history":{"offset":${offset},"epoch":"${epoch}","publications":[${publications}]}`;
    }
    case 'refresh':
      return `"refresh":${JSON.stringify({ ...expiryOf(answer.ttl) })}`;
    case 'refresh-subscription':
      return `"sub_refresh":${JSON.stringify({ ...expiryOf(answer.ttl) })}`;
  }
}

function publicationJson({ position, publisher, ...content }: Publication): string {
  const offset = position ? `,"offset":${position.offset}` : '';
  const info = publisher ? `,"info":${JSON.stringify(infoOf(publisher))}` : '';
  return `{"data":${dataJsonOf(content)}${offset}${info}}`;
}

const infoOf = ({ user, client, connInfo, chanInfo }: Member) => ({
  user,
  client,
  conn_info: connInfo,
  chan_info: chanInfo,
});
