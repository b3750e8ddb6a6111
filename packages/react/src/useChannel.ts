import { useRef } from 'react';
import type { AnyEvents, ChannelMessage } from '@tautline/core';
import { ChannelAttachment } from './channelAttachment';
import { channelOf } from './channelOf';
import type { UseChannelOptions, UseChannelResult } from './channelTypes';
import { useAttached } from './useAttached';
import { useGivenOrProvided } from './useConnection';
import { useHandlers } from './useHandlers';

/**
 * A channel for as long as the component is mounted.
 *
 * Joins after mounting, never while rendering, and so never on a server; all who name the same topic and params share
 * one membership. Another topic, or other params, is another channel: it is joined at once, the one before is left a
 * moment later, and `data` starts over. Unmounting lets go; the channel is left a moment later unless somebody took hold
 * meanwhile, so StrictMode, hot reloads and route changes stay in it.
 *
 * @param topic As the server names it; `null` for none yet: joins nothing, stays `idle`.
 * @throws {TautlineError} with code `no-provider` without a connection, `no-channels` with one that has no channel protocol.
 * @throws {InvalidOptionError} for an empty topic.
 */
export function useChannel<
  Events extends object = AnyEvents,
  A = unknown,
  S = unknown extends A ? ChannelMessage<Events> | undefined : A,
  T = S,
>(topic: string | null, options?: UseChannelOptions<Events, A, S, T>): UseChannelResult<Events, T>;
/** The same where the events are named and not inferred: then name what is collected too, since TypeScript infers all or nothing. */
export function useChannel<Events extends object, S, T = S>(
  topic: string | null,
  options: UseChannelOptions<Events, any, S, T>, // eslint-disable-line @typescript-eslint/no-explicit-any -- what collectors keep inside is theirs
): UseChannelResult<Events, T>;
export function useChannel<Events extends object, S, T>(
  topic: string | null,
  options?: UseChannelOptions<Events, unknown, S, T>,
): UseChannelResult<Events, T> {
  const line = useGivenOrProvided(options?.connection);
  const channel = line && topic !== null ? channelOf(line, topic, options ?? {}) : null;
  useHandlers(channel, options?.on);
  const kept = useRef<ChannelAttachment<Events, S, T>>(null);
  return useAttached(kept, { ...options, identity: channel, isPlain: !options }, ChannelAttachment<Events, S, T>);
}
