import {
  IDLE_CHANNEL_SNAPSHOT,
  NO_CHANNEL,
  type AnyEvents,
  type Channel,
  type ChannelEvent,
  type ChannelMessage,
  type ChannelSnapshot,
} from '@tautline/core';
import { computed, unref, type MaybeRefOrGetter } from 'vue';
import { useAttached, type Kind } from './attached';
import { channelOf } from './channelOf';
import type { UseChannelOptions, UseChannelResult } from './channelTypes';
import { isOnServer } from './injection';
import { useConnection } from './useConnection';
import { useEvent } from './useEvent';

/**
 * A channel for as long as the component is mounted or the effect scope lives.
 *
 * Joins in `onMounted`, and so never on a server; outside of a component at once. All who name the same topic and params
 * share one membership. Another topic, or other params, is another channel: it is joined at once, the one before is left
 * a moment later, and `data` starts over. Unmounting lets go; the channel is left a moment later unless somebody took
 * hold meanwhile, so route changes and hot reloads stay in it.
 *
 * @param topic As the server names it, or a ref or getter of it; `null` for none yet: joins nothing, stays `idle`.
 * @throws {TautlineError} with code `no-provider` without a connection, `no-channels` with one that has no channel protocol.
 * @throws {InvalidOptionError} for an empty topic.
 */
export function useChannel<
  Events extends object = AnyEvents,
  A = unknown,
  S = unknown extends A ? ChannelMessage<Events> | undefined : A,
  T = S,
>(
  topic: MaybeRefOrGetter<string | null | undefined>,
  options?: UseChannelOptions<Events, A, S, T>,
): UseChannelResult<Events, T>;
/** The same where the events are named and not inferred: then name what is collected too, since TypeScript infers all or nothing. */
export function useChannel<Events extends object, S, T = S>(
  topic: MaybeRefOrGetter<string | null | undefined>,
  options: UseChannelOptions<Events, any, S, T>, // eslint-disable-line @typescript-eslint/no-explicit-any -- what collectors keep inside is theirs
): UseChannelResult<Events, T>;
export function useChannel<Events extends object, S, T>(
  topic: MaybeRefOrGetter<string | null | undefined>,
  given: UseChannelOptions<Events, unknown, S, T> = {},
): UseChannelResult<Events, T> {
  const { on = {}, connection = useConnection() } = given;
  const channel = channelOf(connection, topic, given);
  if (!isOnServer()) void unref(channel); // what cannot work is thrown here, not while mounting

  const result = useAttached(channel, given, CHANNEL as unknown as Membership<Events, T>); // it keeps nothing of either
  for (const [event, handler] of Object.entries(on)) {
    useEvent(channel, event as '*', handler as (detail: ChannelEvent<Events, '*'>) => void); // each with its own
  }
  return result;
}

type Membership<Events extends object, T> = Kind<Channel<Events> | null, ChannelSnapshot, UseChannelResult<Events, T>>;

const CHANNEL: Membership<AnyEvents, unknown> = {
  idle: IDLE_CHANNEL_SNAPSHOT,
  beside: {
    channel: (attached) => computed(() => attached.named),
    send: (attached) => (event, payload, options) => (attached.named ?? NO_CHANNEL).send(event, payload, options),
    leave: (attached) => () => attached.named?.leave(),
  },
};
