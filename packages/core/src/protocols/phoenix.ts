import type { HeartbeatOptions, Provider } from '../options';
import type { ChannelProtocol, SessionContext } from '../options';
import type { ChannelFact, ChannelSession, LeaveRequest, PresenceEntry } from '../session';
import type { CloseVerdict } from '../wire/closeVerdict';
import { ask } from './askAhead';
import { phoenixCodec, type PhoenixFrame } from './phoenix/frames';

export { phoenixCodec, type PhoenixFrame };

export interface PhoenixOptions {
  /**
   * What `connect/3` of the server's socket gets, in the query of the URL. Every proxy on the way may log it:
   * tokens belong in `authToken`.
   *
   * @default none
   */
  params?: Provider<Readonly<Record<string, string | number | boolean>>> | undefined;
  /**
   * The token that the server knows as `:auth_token` of `connect_info`, sent as a subprotocol. Of Latin-1
   * characters, and none that base64 writes with a slash: what `Phoenix.Token` makes, or a JWT.
   *
   * @default none
   */
  authToken?: Provider<string | undefined> | undefined;
  /** When to ping, in milliseconds; the server closes what says nothing for 60 seconds. @default every 30_000, to be answered within 5_000 */
  heartbeat?: Pick<HeartbeatOptions<unknown, unknown>, 'interval' | 'timeout'> | false | undefined;
  /**
   * Whether the server's `handle_in/3` replies to an event. Where it returns `:noreply`, nothing ever answers: say
   * `false`, and `send` resolves once the socket has it instead of timing out.
   *
   * @default it replies to every event
   */
  replies?: ((event: string, topic: string) => boolean) | undefined;
  /**
   * What becomes of a join that the server refused with `reason`, the response of its reply. `undefined` leaves
   * it to the default: `stop` for `{ reason: 'unauthorized' }` and `{ reason: 'unmatched topic' }`, else `retry`.
   */
  joinVerdict?: ((reason: unknown) => CloseVerdict | undefined) | undefined;
}

/** Refs of requests are numbers: none is ever this. */
const HEARTBEAT: PhoenixFrame = [null, 'heartbeat', 'phoenix', 'heartbeat', {}];

/** Phoenix Channels V2, text and binary. Delivers at most once: nothing is replayed after a rejoin. */
export function phoenix(options: PhoenixOptions = {}): ChannelProtocol<PhoenixFrame, PhoenixFrame> {
  const { params = {}, authToken, heartbeat = {} } = options;
  return {
    name: 'phoenix',
    codec: phoenixCodec,
    heartbeat: heartbeat && {
      interval: 30_000,
      ...heartbeat,
      message: HEARTBEAT,
      isPong: (frame) => frame[2] === 'phoenix',
    },
    async protocols(context) {
      const token = await ask(authToken, context);
      return token ? ['phoenix', `base64url.bearer.phx.${btoa(token).replace(/=/g, '')}`] : [];
    },
    async url(url, context) {
      const address = new URL(url);
      address.pathname = address.pathname.replace(/(\/websocket)?\/*$/, '/websocket');
      const entries = Object.entries({ ...(await ask(params, context)), vsn: '2.0.0' });
      for (const [name, value] of entries) address.searchParams.set(name, `${value}`);
      return address;
    },
    open: (context) => createSession(context, options),
  };
}

function createSession(
  { send, tell }: SessionContext<PhoenixFrame, PhoenixFrame>,
  { joinVerdict, replies }: PhoenixOptions,
): ChannelSession<PhoenixFrame> {
  /** By topic, the ref of the join that began what is its membership now. */
  const joins = new Map<string, number>();

  const request = ({ ref, joinRef, topic, event, payload = {} }: LeaveRequest & { event: string; payload?: unknown }) =>
    send([`${joinRef}`, `${ref}`, topic, event, payload]);

  return {
    join({ ref, topic, params }) {
      joins.set(topic, ref);
      request({ ref, joinRef: ref, topic, event: 'phx_join', payload: params });
    },
    leave(leave) {
      joins.delete(leave.topic); // the `phx_close` that follows the reply is no end
      request({ ...leave, event: 'phx_leave' });
    },
    push(push) {
      request(push);
      const { ref, event, topic } = push;
      if (replies?.(event, topic) === false) tell({ type: 'reply', ref });
    },
    receive([joinRef, wireRef, topic, event, payload]) {
      const ref = joins.get(topic);
      if (event === 'phx_reply') {
        const to = Number(wireRef);
        const isJoin = to === ref;
        const outcome = outcomeOf(to, payload as Reply, isJoin ? joinVerdict : undefined); // throws for no object
        if (isJoin && outcome.type === 'refusal') joins.delete(topic);
        return tell(outcome);
      }
      // A broadcast has no join ref: it is for whoever is a member now.
      if (ref === undefined || (joinRef !== null && Number(joinRef) !== ref)) return;
      const fact = factOf({ topic, ref }, event, payload);
      if (fact.type === 'ended') joins.delete(topic);
      tell(fact);
    },
  };
}

interface Reply {
  status: string;
  response: unknown;
}

function outcomeOf(ref: number, { status, response }: Reply, joinVerdict: PhoenixOptions['joinVerdict']): ChannelFact {
  if (status === 'ok') return { type: 'reply', ref, payload: response };
  const { reason } = Object(response) as { reason?: unknown }; // whatever it is, it may be asked for a property
  const isFinal = reason === 'unauthorized' || reason === 'unmatched topic';
  return {
    type: 'refusal',
    ref,
    message: `Refused: ${typeof reason === 'string' ? reason : status}.`,
    reason: response,
    verdict: joinVerdict?.(response) ?? (isFinal ? 'stop' : 'retry'),
  };
}

/** What the server says to the members of a topic. Throws for presence of another shape. */
function factOf(of: { topic: string; ref: number }, event: string, payload: unknown): ChannelFact {
  switch (event) {
    case 'phx_error':
      return { type: 'ended', ...of, message: 'The channel crashed.', verdict: 'retry' };
    case 'phx_close':
      return { type: 'ended', ...of, message: 'The server closed the channel.', verdict: 'stop' };
    case 'presence_state':
      return { type: 'presence', ...of, state: entriesOf(payload as Presences) };
    case 'presence_diff': {
      const { joins, leaves } = payload as { joins: Presences; leaves: Presences };
      return { type: 'presence', ...of, joins: entriesOf(joins), leaves: entriesOf(leaves) };
    }
    default:
      return { type: 'event', ...of, event, payload };
  }
}

/** By key; beside `metas` stands what the server's `fetch/2` adds. */
type Presences = Record<string, { metas: Meta[] }>;

interface Meta {
  phx_ref: string;
  phx_ref_prev?: string;
}

const entriesOf = (presences: Presences): PresenceEntry[] =>
  Object.entries(presences).flatMap(([id, { metas, ...shared }]) =>
    metas.map(({ phx_ref: ref, phx_ref_prev: replaces, ...meta }) => ({
      id,
      ref,
      replaces,
      info: { ...shared, ...meta },
    })),
  );
