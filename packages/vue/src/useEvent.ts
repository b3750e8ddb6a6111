import type { AnyChannel, Channel, ChannelEvent } from '@tautline/core';
import type { MaybeRefOrGetter } from 'vue';
import { follow } from './follow';
import { whenMounted } from './whenMounted';

/**
 * Hears one event of a channel while mounted, in the task in which it came, under KeepAlive also while deactivated: `*`
 * is all of them, `invalid` what a schema refused. Does not join.
 *
 * @param channel From `useChannel` or `channel()`; `null` hears nothing.
 */
export function useEvent<Events extends object, E extends (keyof Events & string) | '*' | 'invalid'>(
  channel: MaybeRefOrGetter<Channel<Events> | null>,
  event: MaybeRefOrGetter<E>,
  handler: (detail: ChannelEvent<Events, E>) => void,
): void {
  whenMounted(() => follow<[AnyChannel | null, E]>([channel, event], (now, name) => now?.on(name, handler)));
}
