import type { Channel, ChannelEvent } from '@tautline/core';
import { useHandlers } from './useHandlers';

/**
 * Hears one event of a channel while mounted, in the task in which it came: `*` is all of them, `invalid` what a schema
 * refused. Always calls the function rendered last. Does not join.
 *
 * @param channel From `useChannel` or `channel()`; `null` hears nothing.
 */
export function useEvent<Events extends object, E extends (keyof Events & string) | '*' | 'invalid'>(
  channel: Channel<Events> | null,
  event: E,
  handler: (detail: ChannelEvent<Events, E>) => void,
): void {
  useHandlers(channel, { [event]: handler });
}
