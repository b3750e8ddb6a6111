import type { AttemptContext, Provider } from '../options';
import type { ChannelProtocol, ChannelSession, PresenceEntry, PushRequest, SessionContext } from '../protocol';
import type { CloseVerdict } from '../wire/closeCodes';
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
  /** How often a silent server is asked whether it is there; `false`: never. The server's own `timeout` is 60 seconds. */
  heartbeat?:
    | false
    | {
        /** In milliseconds, at least 1. @default 30_000 */
        interval?: number;
        /** In milliseconds, at least 1. @default 5_000 */
        timeout?: number;
      };
  /**
   * What becomes of a join that the server refused with `reason`, the response of its reply. `undefined` leaves
   * it to the default: `stop` for `{ reason: 'unauthorized' }` and `{ reason: 'unmatched topic' }`, else `retry`.
   */
  joinVerdict?: ((reason: unknown) => CloseVerdict | undefined) | undefined;
}

/** Refs of requests are numbers: none is ever this. */
const HEARTBEAT: PhoenixFrame = [null, 'heartbeat', 'phoenix', 'heartbeat', {}];

const FINAL_REASONS: readonly unknown[] = ['unauthorized', 'unmatched topic'];

/** Phoenix Channels V2, text and binary. Delivers at most once: nothing is replayed after a rejoin. */
export function phoenix(options: PhoenixOptions = {}): ChannelProtocol<PhoenixFrame, PhoenixFrame> {
  const { params = {}, authToken, heartbeat, joinVerdict } = options;
  return {
    name: 'phoenix',
    codec: phoenixCodec,
    heartbeat: heartbeat !== false && {
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
    open: (context) => createSession(context, joinVerdict),
  };
}

const ask = <T extends string | object | undefined>(provider: Provider<T>, context: AttemptContext): T | Promise<T> =>
  typeof provider === 'function' ? provider(context) : provider;

function createSession(
  { send, tell }: SessionContext<PhoenixFrame, PhoenixFrame>,
  joinVerdict: PhoenixOptions['joinVerdict'],
): ChannelSession<PhoenixFrame> {
  /** By topic, the ref of the join that began what is its membership now. */
  const joins = new Map<string, number>();

  const push = ({ ref, joinRef, topic, event, payload = {} }: PushRequest) =>
    send([`${joinRef}`, `${ref}`, topic, event, payload]);

  const answer = (ref: number, isJoin: boolean, { status, response }: Reply) => {
    if (status === 'ok') return tell({ type: 'reply', ref, payload: response });
    const { reason } = Object(response) as { reason?: unknown }; // whatever it is, it may be asked for a property
    tell({
      type: 'refusal',
      ref,
      message: `Refused: ${typeof reason === 'string' ? reason : status}.`,
      reason: response,
      verdict: (isJoin && joinVerdict?.(response)) || (FINAL_REASONS.includes(reason) ? 'stop' : 'retry'),
    });
  };

  return {
    push,
    join({ ref, topic, params }) {
      joins.set(topic, ref);
      push({ ref, joinRef: ref, topic, event: 'phx_join', payload: params });
    },
    leave(request) {
      joins.delete(request.topic); // the `phx_close` that follows the reply is no end
      push({ ...request, event: 'phx_leave', payload: {} });
    },
    receive([joinRef, wireRef, topic, event, payload]) {
      const ref = joins.get(topic);
      // Payloads of the wrong shape throw, and the frame is an invalid one.
      if (event === 'phx_reply') return answer(Number(wireRef), Number(wireRef) === ref, payload as Reply);
      // A broadcast has no join ref: it is for whoever is a member now.
      if (ref === undefined || (joinRef !== null && Number(joinRef) !== ref)) return;
      const of = { topic, ref };
      switch (event) {
        case 'phx_error':
        case 'phx_close':
          joins.delete(topic);
          return tell({
            type: 'ended',
            ...of,
            message: `The server sent ${event}.`,
            verdict: event === 'phx_error' ? 'retry' : 'stop',
          });
        case 'presence_state':
          return tell({ type: 'presence', ...of, state: entriesOf(payload as Presences) });
        case 'presence_diff': {
          const { joins, leaves } = payload as { joins: Presences; leaves: Presences };
          return tell({ type: 'presence', ...of, joins: entriesOf(joins), leaves: entriesOf(leaves) });
        }
        default:
          tell({ type: 'event', ...of, event, payload });
      }
    },
  };
}

interface Reply {
  status: string;
  response: unknown;
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
