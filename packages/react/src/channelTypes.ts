import type {
  AnyEvents,
  Channel,
  ChannelLine,
  ChannelMessage,
  ChannelOptions,
  ChannelSnapshot,
  InvalidPayload,
} from '@tautline/core';
import type { MessageOptions } from './types';

/** What a handler of an event gets: its payload; of `*` the message, of `invalid` what a schema refused. */
export type ChannelEvent<Events extends object, E> = E extends '*'
  ? ChannelMessage<Events>
  : E extends 'invalid'
    ? InvalidPayload
    : E extends keyof Events
      ? Events[E]
      : never;

/** Of payloads that nobody described, a handler may say what they are, and vouches for it. */
type Handler<P> = (unknown extends P ? { hear(payload: P): void }['hear'] : (payload: P) => void) | undefined;

/** Handlers by event; `*` hears all of them, `invalid` what a schema refused. */
export type ChannelHandlers<Events extends object> = {
  readonly [E in keyof Events & string as E extends '*' | 'invalid' ? never : E]?: Handler<Events[E]>;
} & {
  readonly '*'?: Handler<ChannelMessage<Events>>;
  readonly invalid?: Handler<InvalidPayload>;
};

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
