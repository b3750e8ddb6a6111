import { isolate } from '../../lib/isolate';
import type { JoinRequest, LeaveRequest } from '../../session';
import { entryOf, toEventByDefault, type CentrifugoOptions, type CentrifugoParams } from './options';
import { keepFresh } from './renewal';
import type { Context, Requests } from './requests';
import { CHANNEL_INVALIDATED, errorVerdict, UNRECOVERABLE, unsubscribeVerdict } from './verdicts';
import type { Expiry, Publication, Push, StreamPosition, SubscribeResult } from './wire';

/** A channel that the server sends us. */
interface Subscription {
  readonly isServerSide: boolean;
  /** Of the join; 0 without one, which only the server's own subscriptions can be. */
  ref: number;
  /** What the server has to say with it. */
  readonly data: unknown;
  /** What the channel was told, and hands back as it is. `undefined` where nothing can be recovered. */
  position: Position | undefined;
  /** Somebody is on the way back who was told `from`: the publications lead from there to `position`. */
  recovery?: (SubscribeResult & { readonly from: Position; readonly publications: Publication[] }) | undefined;
  /** Who is there is told, too. */
  isFollowed: boolean;
  /** Ends the renewal of its token. */
  stop?: () => void;
  /** Ends the wait before who is there is asked again. */
  cancel?: () => void;
}

export interface Subscriptions {
  readonly all: ReadonlyMap<string, Subscription>;
  join(request: JoinRequest): Promise<void>;
  leave(request: LeaveRequest): void;
  /** The server subscribed us. With `from`, it was asked to go on from there. */
  adopt(topic: string, result: SubscribeResult, from?: Position): void;
  take(push: Push): void;
}

/** Bound of the random wait before who is there is asked again, in milliseconds. */
const PICTURE_RETRY = 10_000;
/** How many publications wait for who is on the way back. */
const MAX_MISSED = 1_000;

/** What a channel is told, and hands back as it is. */
export interface Position extends StreamPosition {
  /** The one it was told in; none once it is void. */
  era: number | undefined;
}

/** From where the server is to go on. No stream has the epoch `_`: whoever asks with it is told that nothing is recovered. */
export const since = ({ offset, epoch, era }: Position, now: number) => ({
  recover: true,
  offset,
  epoch: era === now ? epoch : '_',
});

function halt(subscription?: Subscription): void {
  subscription?.stop?.();
  subscription?.cancel?.();
}

/** `recovered` alone may mean that there was nothing to recover. */
const isRecovered = ({ was_recovering, recovered }: SubscribeResult) => was_recovering && recovered;

export function createSubscriptions(
  { tell, clock, signal, era }: Context,
  { ask, settle }: Requests,
  { toEvent = toEventByDefault, subscriptionToken, presence = false }: CentrifugoOptions,
): Subscriptions {
  const all = new Map<string, Subscription>();
  signal.addEventListener('abort', () => all.forEach(halt));

  const paramsOf = ({ params, topic }: JoinRequest): CentrifugoParams => ({
    presence: typeof presence === 'function' ? presence(topic) : presence,
    ...(params as CentrifugoParams | undefined), // the server refuses what is none
  });

  const begin = (topic: string, ref: number, result: SubscribeResult) => {
    const { recoverable, offset = 0, epoch = '', data } = result;
    const position = recoverable ? { offset, epoch, era } : undefined;
    const subscription: Subscription = { isServerSide: !ref, ref, data, position, isFollowed: false };
    end(topic);
    all.set(topic, subscription);
    return subscription;
  };

  const end = (topic: string) => {
    halt(all.get(topic));
    all.delete(topic);
  };

  const publish = (topic: string, subscription: Subscription, publication: Publication) => {
    const { position, ref, recovery } = subscription;
    const { data, offset, epoch = position?.epoch ?? '' } = publication;
    if (position && offset) subscription.position = { offset, epoch, era };
    const named = ref && isolate(toEvent, data, publication);
    if (named) tell({ type: 'event', topic, ref, ...named, position: subscription.position });
    else if (recovery && recovery.publications.push(publication) > MAX_MISSED) subscription.recovery = undefined;
  };

  /** What the channel is told when it is joined: that it is, what it missed, and who is there. */
  const welcome = (request: JoinRequest, subscription: Subscription, result: SubscribeResult) => {
    const { ref, topic } = request;
    const from = isRecovered(result) && (request.position as Position | undefined); // handed back as it was told
    // The publications lead on from there: who is cut off between them has missed nothing.
    if (from && subscription.position) subscription.position = { ...subscription.position, offset: from.offset };
    subscription.ref = ref;
    subscription.isFollowed = !!paramsOf(request).presence;
    const { data: payload, position } = subscription;
    tell({ type: 'reply', ref, payload, position, recovered: !!from });
    for (const publication of result.publications ?? []) publish(topic, subscription, publication);
    if (subscription.isFollowed) picture(topic, subscription);
  };

  /** Who is there now. Changes wait for it, so it is asked for until there is an answer. */
  const picture = (topic: string, subscription: Subscription) => {
    const { ref } = subscription;
    ask('presence', { channel: topic }, ({ presence: present = {} }, error) => {
      if (subscription.ref !== ref || all.get(topic) !== subscription) return;
      if (!error || errorVerdict(error) === 'stop') {
        tell({ type: 'presence', topic, ref, state: Object.values(present).map(entryOf) });
      } else {
        const delay = clock.random() * PICTURE_RETRY;
        subscription.cancel = clock.setTimeout(() => picture(topic, subscription), delay);
      }
    });
  };

  const renew = (channel: string, ref: number, expiry: Expiry) =>
    keepFresh(expiry, {
      clock,
      provide: () => subscriptionToken?.({ channel, signal }),
      send: (token, answer) => ask('sub_refresh', { channel, token }, answer),
      giveUp(message, reason) {
        end(channel);
        tell({ type: 'ended', topic: channel, ref, message, reason, verdict: 'stop' });
        ask('unsubscribe', { channel });
      },
    });

  /** @param token From `subscriptionToken`, which also renews it. */
  const subscribe = (request: JoinRequest, token?: string) => {
    const { topic: channel, ref } = request;
    const position = request.position as Position | undefined; // handed back as it was told
    const params = paramsOf(request);
    const { presence: isFollowed, joinLeave = isFollowed, token: own = token, data, positioned, recoverable } = params;
    const body = { channel, token: own, join_leave: joinLeave || undefined, data, positioned, recoverable };
    ask('subscribe', position ? { ...body, ...since(position, era) } : body, (result, error) => {
      if (error?.code === UNRECOVERABLE && position && !request.signal.aborted) {
        return subscribe({ ...request, position: undefined }, token);
      }
      if (error) return settle(ref)(undefined, error);
      const subscription = begin(channel, ref, result);
      if (token) subscription.stop = renew(channel, ref, result);
      welcome(request, subscription, result);
    });
  };

  const adopt = (topic: string, result: SubscribeResult, from?: Position) => {
    const subscription = begin(topic, 0, result);
    if (from && isRecovered(result)) subscription.recovery = { ...result, from, publications: [] };
    for (const publication of result.publications ?? []) publish(topic, subscription, publication);
  };

  return {
    all,
    adopt,

    async join(request) {
      const { topic: channel, position } = request;
      const subscription = all.get(channel);
      if (subscription?.isServerSide) {
        const { recovery } = subscription;
        subscription.recovery = undefined;
        return welcome(request, subscription, recovery && recovery.from === position ? recovery : {});
      }
      if (!subscriptionToken || paramsOf(request).token) return subscribe(request);
      const { signal: wanted } = request;
      const token = await subscriptionToken({ channel, signal: wanted });
      if (!wanted.aborted) subscribe(request, token);
    },

    leave({ ref, topic }) {
      const subscription = all.get(topic);
      if (subscription?.isServerSide) {
        halt(subscription);
        subscription.ref = 0; // the server goes on sending, as it wished to
        return settle(ref)({});
      }
      ask('unsubscribe', { channel: topic }, (result, error) => {
        end(topic);
        settle(ref)(result, error);
      });
    },

    take({ channel: topic = '', subscribe: result, pub, join, leave, unsubscribe }) {
      if (result) adopt(topic, result);
      const subscription = all.get(topic);
      if (!subscription) return;
      const { ref, position, isFollowed } = subscription;
      if (pub) publish(topic, subscription, pub);
      if (join && isFollowed) tell({ type: 'presence', topic, ref, joins: [entryOf(join.info)] });
      if (leave && isFollowed) tell({ type: 'presence', topic, ref, leaves: [entryOf(leave.info)] });
      if (!unsubscribe) return;
      const { code, reason = '' } = unsubscribe;
      if (code === CHANNEL_INVALIDATED && position) position.era = undefined;
      end(topic);
      tell({ type: 'ended', topic, ref, message: reason, reason: unsubscribe, verdict: unsubscribeVerdict(code) });
    },
  };
}
