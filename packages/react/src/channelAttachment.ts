import {
  IDLE_CHANNEL_SNAPSHOT,
  NO_CHANNEL,
  type Channel,
  type ChannelMessage,
  type ChannelSnapshot,
} from '@tautline/core';
import { Attached, type Attachment } from './attached';
import { updateParams } from './channelOf';
import type { UseChannelOptions, UseChannelResult } from './channelTypes';

interface Rendered<Events extends object, S, T> extends UseChannelOptions<Events, unknown, S, T> {
  readonly identity: Channel<Events> | null;
}

/** What one component has of one channel. */
class ChannelAttachment<Events extends object, S, T> extends Attached<
  ChannelMessage<Events>,
  ChannelSnapshot,
  S,
  T,
  Rendered<Events, S, T>,
  UseChannelResult<Events, T>
> {
  protected readonly fixed: Pick<UseChannelResult<Events, T>, 'channel' | 'send' | 'leave'>;

  constructor(rendered: Rendered<Events, S, T>) {
    const { identity: channel } = rendered;
    super(channel, rendered, IDLE_CHANNEL_SNAPSHOT);
    const { send, leave } = channel ?? NO_CHANNEL;
    this.fixed = { channel, send, leave };
  }

  override update({ identity, params }: Rendered<Events, S, T>): void {
    if (identity) updateParams(identity, params);
  }
}

/** Joins nothing and starts nothing: a render may be thrown away. */
export const attachChannel = <Events extends object, S, T>(
  rendered: Rendered<Events, S, T>,
): Attachment<Rendered<Events, S, T>, UseChannelResult<Events, T>> => new ChannelAttachment(rendered);
