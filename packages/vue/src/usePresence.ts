import { IDLE_CHANNEL_SNAPSHOT, type AnyChannel, type ChannelSnapshot, type PresenceMember } from '@tautline/core';
import type { MaybeRefOrGetter, Ref } from 'vue';
import { useStore } from './useStore';

/**
 * Who is present in a channel; triggers when somebody comes, goes or changes, and at nothing else. Does not join.
 * Whoever writes the type parameter vouches for it.
 *
 * @param channel From `useChannel` or `channel()`; nobody is in `null`.
 */
export function usePresence<Info = unknown>(
  channel: MaybeRefOrGetter<Pick<AnyChannel, 'getSnapshot' | 'subscribe'> | null>,
): Readonly<Ref<readonly PresenceMember<Info>[]>> {
  const select = ({ presence }: ChannelSnapshot) => presence as readonly PresenceMember<Info>[]; // the caller's promise
  return useStore(channel, IDLE_CHANNEL_SNAPSHOT, { select });
}
