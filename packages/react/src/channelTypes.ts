import type {
  AnyEvents,
  Channel,
  ChannelHandlers,
  ChannelLine,
  ChannelMessage,
  ChannelOptions,
  ChannelSnapshot,
} from '@tautline/core';
import type { MessageOptions } from './types';

/**
 * `params`, `events`, `joinTimeout` and `rejoin` belong to the channel, which all who name the same topic and params
 * share: the first one's count. Everything else belongs to the one component.
 */
export interface UseChannelOptions<Events extends object = AnyEvents, A = unknown, S = unknown, T = S>
  extends
    ChannelOptions<Events>,
    Pick<MessageOptions<ChannelMessage<Events>, A, S, T>, 'collect' | 'select' | 'isEqual'> {
  /**
   * What the server gets with the join. Compared by value, so write it inline if you like: another value is another
   * membership. A function is called before every join, always the one rendered last; it counts as the same as any other.
   *
   * @default none
   */
  params?: unknown;
  /** Called once for every event, in the task in which it came; always the functions rendered last. @default none */
  on?: ChannelHandlers<NoInfer<Events>> | undefined;
  /**
   * Whether the component asks for the channel. With `false` it joins nothing, what it sends waits, and it still sees
   * a channel that others are in.
   *
   * @default true
   */
  enabled?: boolean | undefined;
  /** When new messages may render, as in `useWebSocket`. Read once per channel. @default 'frame' */
  flush?: MessageOptions<never, A, S, T>['flush'];
  /** The connection it is a channel of; `null` for none yet. Needs the option `channels`. @default the nearest `ConnectionProvider`'s */
  connection?: ChannelLine | null | undefined;
}

/** Reading a field makes the component render when it changes; what is not read does not. */
export interface UseChannelResult<Events extends object, T> extends ChannelSnapshot {
  /** What `collect` made of the messages, or the part that `select` picked. Starts over with another channel. */
  readonly data: T;
  /** As {@link Channel.send}. Without a channel it rejects with a `ChannelError`. */
  readonly send: Channel<Events>['send'];
  /** As {@link Channel.leave}: for everybody in the page who is in it. `enabled`, turned off and on, joins again. */
  readonly leave: () => void;
  /** The channel itself, inert until the component is mounted; `null` while the topic or the connection is. */
  readonly channel: Channel<Events> | null;
}
