import { IDLE_CHANNEL_SNAPSHOT, type AnyChannel, type PresenceMember } from '@tautline/core';
import { useSyncExternalStore } from 'react';

/**
 * Who is present in a channel; renders when somebody comes, goes or changes, and at nothing else. Does not join. Whoever
 * writes the type parameter vouches for it.
 *
 * @param channel From `useChannel` or `channel()`; nobody is in `null`.
 */
export function usePresence<Info = unknown>(
  channel: Pick<AnyChannel, 'presence' | 'subscribe'> | null,
): readonly PresenceMember<Info>[] {
  const presence = useSyncExternalStore(
    channel ? channel.subscribe : never,
    () => (channel ?? IDLE_CHANNEL_SNAPSHOT).presence,
    () => IDLE_CHANNEL_SNAPSHOT.presence,
  );
  return presence as readonly PresenceMember<Info>[]; // the caller's promise
}

const never = () => () => {};
