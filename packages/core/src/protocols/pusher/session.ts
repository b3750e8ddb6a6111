import { ChannelRefusal } from '../../errors';
import type { SessionContext } from '../../options';
import type { ChannelSession, PresenceEntry } from '../../session';
import type { CloseVerdict } from '../../wire/closeVerdict';
import { createAuthorizer, type PusherAuthorization, type PusherAuthorizeOptions } from './authorize';
import { complaintIn, verdictOnCode, verdictOnStatus, wordsOf } from './complaints';
import type { PusherFrame } from './frames';
import { createPace } from './pace';

export interface PusherSessionOptions extends PusherAuthorizeOptions {
  /**
   * After one to three retries of the line, the app's server is first asked after a random wait of up to this, in
   * milliseconds: all clients of a server that restarts come back at nearly the same time. After more retries they come
   * back spread out, and whom no server sent away (asleep, offline, `reconnect()`) comes back alone.
   *
   * @default 7_000
   */
  authorizeSpread?: number | undefined;
  /**
   * Events that clients send each other, by the app's names: `typing` travels as `client-typing` and arrives as
   * `typing`. All others keep the names they have on the wire, so that no client can pass for the server.
   *
   * @default none
   */
  clientEvents?: readonly string[] | undefined;
}

/** What began with one subscribe. At most one has no answer yet, so that answers, which name a channel only, are clear. */
interface Subscription {
  /** Of the join that it is for; 0 once it was left. */
  ref: number;
  isJoined: boolean;
  /** When the server was asked, in milliseconds since the epoch. */
  readonly askedAt: number;
}

/** After so many retries, by default, the line itself has waited long enough at random. */
const SHORT_OUTAGE = 3;

/** A subscribe that is not answered for so long, in milliseconds, will not be answered. */
const PATIENCE = 5_000;

const isRestricted = (topic: string) => /^(private|presence)-/.test(topic);

/** @param socketId What the server calls the line. */
export function createSession(
  { send, tell, clock, signal, attempt }: SessionContext<PusherFrame, PusherFrame>,
  options: PusherSessionOptions,
  socketId: string,
): ChannelSession<PusherFrame> {
  const { authorizeSpread = 7_000, clientEvents = [] } = options;
  /** By channel, the oldest first. */
  const subscriptions = new Map<string, Subscription>();

  const after = (delay: number, act: () => void) => {
    const cancel = clock.setTimeout(() => {
      signal.removeEventListener('abort', cancel);
      act();
    }, delay);
    signal.addEventListener('abort', cancel);
  };
  const pace = createPace(after);
  const ready = new Promise<void>((resolve) => {
    if (attempt && attempt <= SHORT_OUTAGE) after(clock.random() * authorizeSpread, resolve);
    else resolve();
  });
  const authorize = createAuthorizer(options, socketId, ready);

  const unsubscribe = (topic: string) => {
    subscriptions.delete(topic);
    send({ event: 'pusher:unsubscribe', data: { channel: topic } });
  };

  const succeeded = (topic: string, data: unknown) => {
    const subscription = subscriptions.get(topic);
    if (!subscription?.ref) return unsubscribe(topic); // was left before it began
    const { ref } = subscription;
    subscription.isJoined = true;
    tell({ type: 'reply', ref, payload: data ?? {} });
    const { presence } = Object(data) as { presence?: { hash?: object } }; // only of presence channels
    if (presence) tell({ type: 'presence', topic, ref, state: Object.entries(presence.hash ?? {}).map(toEntry) });
  };

  /** The server refuses a subscribe, or ends what came of it. */
  const failed = (topic: string, data: unknown, verdict: CloseVerdict) => {
    const subscription = subscriptions.get(topic);
    subscriptions.delete(topic);
    if (!subscription?.ref) return;
    const { ref, isJoined } = subscription;
    const said = { message: wordsOf(data), reason: data };
    if (isJoined) tell({ type: 'ended', topic, ref, verdict: 'stop', ...said });
    else tell({ type: 'refusal', ref, verdict, ...said });
  };

  /** Some servers refuse a subscribe like this: Pusher names the channel in its words, Reverb not at all but answers in order. */
  const complained = (data: unknown) => {
    const { code, message } = complaintIn(data);
    const verdict = verdictOnCode(code);
    const pending = [...subscriptions.keys()].filter((topic) => !subscriptions.get(topic)?.isJoined);
    const topic =
      pending.find((name) => isRestricted(name) && String(message).includes(name)) ??
      (verdict === 'stop' ? pending[0] : undefined);
    if (!topic) throw new Error(wordsOf(data));
    failed(topic, data, verdict ?? 'retry');
  };

  /** Something happened in a channel. */
  const inform = (topic: string, ref: number, { event, data }: PusherFrame) => {
    if (event.startsWith('pusher_internal:member_')) {
      const { user_id, user_info } = data as { user_id: unknown; user_info?: unknown }; // else it throws, and the frame is an invalid one
      const entries = [toEntry([String(user_id), user_info])];
      return tell({ type: 'presence', topic, ref, [event.endsWith('added') ? 'joins' : 'leaves']: entries });
    }
    const bare = event.replace(/^client-/, '');
    const name = clientEvents.includes(bare) ? bare : event.replace('pusher_internal', 'pusher');
    tell({ type: 'event', topic, ref, event: name, payload: data });
  };

  return {
    async join(request) {
      const { ref, topic } = request;
      const pending = subscriptions.get(topic);
      if (pending) {
        pending.ref = ref; // was left, and comes back before the server has answered
        return;
      }
      if (topic.startsWith('private-encrypted-')) throw new ChannelRefusal('Not supported: encrypted channels.');
      const wish = isRestricted(topic) ? request.signal : null;
      const granted: Partial<PusherAuthorization> = wish ? await authorize(topic, wish) : {};
      if (wish?.aborted) return;
      subscriptions.set(topic, { ref, isJoined: false, askedAt: clock.now() });
      const { auth, channel_data } = granted;
      send({ event: 'pusher:subscribe', data: { channel: topic, auth, channel_data } });
    },
    leave({ ref, topic, joinRef }) {
      const subscription = subscriptions.get(topic);
      if (subscription?.ref === joinRef) {
        const { isJoined, askedAt } = subscription;
        // Pusher refuses to end what has not begun: that waits for its answer, if there will be one.
        if (isJoined || clock.now() - askedAt > PATIENCE) unsubscribe(topic);
        else subscription.ref = 0;
      }
      tell({ type: 'reply', ref });
    },
    push({ ref, topic, event, payload, isWanted }) {
      const name = clientEvents.includes(event) ? `client-${event}` : event;
      const text = JSON.stringify(payload); // what is no JSON throws here, not when its turn has come
      // Text is encoded twice, since "1" would arrive as a number; the rest is not, since Reverb takes objects only.
      const data = typeof payload === 'string' ? text : payload;
      const transmit = () => {
        if (!isWanted()) return false; // left, or given up, while it waited
        send({ event: name, channel: topic, data });
        tell({ type: 'reply', ref });
        return true;
      };
      const refuse = (message: string) => tell({ type: 'refusal', ref, message });
      if (!isRestricted(topic)) refuse('Public channels take no client events.');
      else if (!name.startsWith('client-')) refuse(`Add "${name}" to clientEvents.`);
      else if (!pace(transmit)) refuse('Too many events wait.');
    },
    receive(frame) {
      const { event, channel = '', data } = frame;
      const subscription = subscriptions.get(channel);
      if (event === 'pusher:ping') send({ event: 'pusher:pong', data: {} });
      else if (event === 'pusher:error') complained(data);
      else if (event === 'pusher_internal:subscription_succeeded') succeeded(channel, data);
      else if (event === 'pusher:subscription_error') failed(channel, data, verdictOnStatus(complaintIn(data).status));
      else if (subscription?.isJoined) inform(channel, subscription.ref, frame);
    },
  };
}

const toEntry = ([id, info]: [string, unknown]): PresenceEntry => ({ id, ref: id, info });
