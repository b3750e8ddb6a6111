import type {
  AnyEvents,
  Channel,
  ChannelHandlers,
  ChannelLine,
  ChannelMessage,
  ChannelOptions,
  ChannelSnapshot,
} from '@tautline/core';
import type { MaybeRefOrGetter, Ref } from 'vue';
import type { MessageOptions, RefsOf } from './types';

/**
 * `params`, `events`, `joinTimeout` and `rejoin` belong to the channel, which all who name the same topic and params
 * share: the first one's count. Everything else belongs to the one component.
 */
export interface UseChannelOptions<Events extends object = AnyEvents, A = unknown, S = unknown, T = S>
  extends
    ChannelOptions<Events>,
    Pick<MessageOptions<ChannelMessage<Events>, A, S, T>, 'collect' | 'select' | 'isEqual' | 'flush'> {
  /**
   * What the server gets with the join, or a ref or getter of it: compared by value, another is another membership.
   * A function that returns a promise is no getter; it is called before every join, and counts as the same as any
   * other. So is a function that a ref or getter yields.
   *
   * @default none
   */
  params?: unknown;
  /** Called once for every event, in the task in which it came; under KeepAlive also while deactivated. @default none */
  on?: ChannelHandlers<NoInfer<Events>> | undefined;
  /**
   * Whether the component asks for the channel. With `false` it joins nothing, what it sends waits, and it still sees
   * a channel that others are in.
   *
   * @default true
   */
  enabled?: MaybeRefOrGetter<boolean> | undefined;
  /** The connection it is a channel of; `null` for none yet. Needs the option `channels`. @default the provided one */
  connection?: MaybeRefOrGetter<ChannelLine | null> | undefined;
}

/** Refs stand still while a component is deactivated under KeepAlive, and catch up when it is activated. */
export interface UseChannelResult<Events extends object, T> extends RefsOf<ChannelSnapshot> {
  /** What `collect` made of the messages, or the part that `select` picked. Starts over with another channel. */
  readonly data: Readonly<Ref<T>>;
  /** As {@link Channel.send}. Without a channel it rejects with a `ChannelError`. */
  readonly send: Channel<Events>['send'];
  /** As {@link Channel.leave}: for everybody in the page who is in it. `enabled`, turned off and on, joins again. */
  readonly leave: () => void;
  /** The channel itself, inert until the component is mounted; `null` while the topic or the connection is. */
  readonly channel: Readonly<Ref<Channel<Events> | null>>;
}
