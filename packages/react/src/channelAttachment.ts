import {
  IDLE_CHANNEL_SNAPSHOT,
  NO_CHANNEL,
  type Channel,
  type ChannelMessage,
  type ChannelSnapshot,
} from '@tautline/core';
import { Attached, fieldsOf, type Kept, type Named } from './attached';
import { updateParams } from './channelOf';
import type { UseChannelOptions, UseChannelResult } from './channelTypes';

interface Rendered<Events extends object, S, T> extends UseChannelOptions<Events, unknown, S, T>, Named {
  readonly identity: Channel<Events> | null;
}

/** What one component has of one channel. */
export class ChannelAttachment<Events extends object, S, T> extends Attached<
  ChannelMessage<Events>,
  ChannelSnapshot,
  S,
  T,
  Rendered<Events, S, T>,
  UseChannelResult<Events, T>
> {
  constructor(rendered: Rendered<Events, S, T>, kept: Kept<Rendered<Events, S, T>, UseChannelResult<Events, T>>) {
    super(rendered.identity, rendered, kept);
  }

  protected get idle(): ChannelSnapshot {
    return IDLE_CHANNEL_SNAPSHOT;
  }

  protected get fields(): readonly string[] {
    return FIELDS;
  }

  protected get beside(): Pick<UseChannelResult<Events, T>, 'channel' | 'send' | 'leave'> {
    const channel = this.source as Channel<Events> | null; // which is what it was made with
    const { send, leave } = channel ?? NO_CHANNEL;
    return { channel, send, leave };
  }

  override update({ identity, params }: Rendered<Events, S, T>): void {
    if (identity) updateParams(identity, params);
  }
}

const FIELDS = /* @__PURE__ */ fieldsOf(IDLE_CHANNEL_SNAPSHOT);
