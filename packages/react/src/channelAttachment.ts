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

/** What one component has of one channel. */
class ChannelAttachment<Events extends object, S, T> extends Attached<
  ChannelMessage<Events>,
  ChannelSnapshot,
  S,
  T,
  UseChannelOptions<Events, unknown, S, T>,
  UseChannelResult<Events, T>
> {
  readonly #channel: Channel<Events> | null;

  constructor(channel: Channel<Events> | null, rendered: UseChannelOptions<Events, unknown, S, T>) {
    const { send, leave } = channel ?? NO_CHANNEL;
    super(channel, [channel, rendered], { idle: IDLE_CHANNEL_SNAPSHOT, fixed: { channel, send, leave } });
    this.#channel = channel;
  }

  override update(rendered: UseChannelOptions<Events, unknown, S, T>): void {
    if (this.#channel) updateParams(this.#channel, rendered.params);
  }
}

/** Joins nothing and starts nothing: a render may be thrown away. */
export const attachChannel = <Events extends object, S, T>(
  channel: Channel<Events> | null,
  rendered: UseChannelOptions<Events, unknown, S, T>,
): Attachment<UseChannelOptions<Events, unknown, S, T>, UseChannelResult<Events, T>> =>
  new ChannelAttachment(channel, rendered);
