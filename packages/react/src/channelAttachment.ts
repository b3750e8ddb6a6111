import { IDLE_CHANNEL_SNAPSHOT, NO_CHANNEL, type Channel, type ChannelMessage } from '@tautline/core';
import { updateParams } from './channelOf';
import type { UseChannelOptions, UseChannelResult } from './channelTypes';
import type { Attachment } from './useAttached';
import { createView } from './view';

/** What one component has of one channel. Joins nothing and starts nothing: a render may be thrown away. */
export function attachChannel<Events extends object, S, T>(
  channel: Channel<Events> | null,
  first: UseChannelOptions<Events, unknown, S, T>,
): Attachment<UseChannelOptions<Events, unknown, S, T>, UseChannelResult<Events, T>> {
  const { send, leave } = channel ?? NO_CHANNEL;
  const idle = { ...IDLE_CHANNEL_SNAPSHOT, channel, send, leave };
  return {
    ...createView<ChannelMessage<Events>, S, T, UseChannelResult<Events, T>, '*'>(channel, ['*', idle], first),
    update({ params }) {
      if (channel) updateParams(channel, params);
    },
    mount: (enabled) => (enabled && channel?.retain()) || (() => {}),
  };
}
