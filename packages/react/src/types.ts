import type {
  Collector,
  Connection,
  ConnectionOptions,
  ConnectionSnapshot,
  Flush,
  IncomingData,
  OutgoingData,
  Provider,
  SendOptions,
  SendResult,
} from '@tautline/core';

/** What a connection goes to: a URL, or what returns one before every attempt. */
export type Address = Provider<string | URL>;

/** What a hook attaches to: an address, a connection made elsewhere, or nothing yet. */
export type Target<In, Out> = Address | Connection<In, Out> | null;

/** How messages become what a component sees. All of it belongs to the one component, also on a shared connection. */
export interface MessageOptions<In, A, S, T> {
  /**
   * Makes `data` of the messages; each is added exactly once. Read once per connection: write it
   * inline if you like, but a changed one counts only from the next URL on. Beside a `codec` name the
   * type of the messages, which TypeScript cannot carry over: `keepLast<Tick>(100)`.
   *
   * @default latest()
   */
  collect?: Collector<NoInfer<In>, S, A> | undefined;
  /** The part of the collected state that `data` is. May be written inline. @default all of it */
  select?: ((state: S) => T) | undefined;
  /** Whether two parts count as the same, so that `data` stays the same object and nothing renders. @default Object.is */
  isEqual?: ((before: T, after: T) => boolean) | undefined;
  /** Called once for every message, in the task in which it came; always the function rendered last. @default none */
  onMessage?: ((message: In) => void) | undefined;
  /**
   * Whether the component asks for the line. With `false` it opens nothing, messages that it sends
   * wait in the queue, and it still sees a line that others hold open. Its `connect()` opens it,
   * until the component unmounts or `enabled` changes.
   *
   * @default true
   */
  enabled?: boolean | undefined;
  /**
   * When new messages may render: at most once per animation frame, every so many milliseconds, or
   * at once for each. Read once per connection.
   *
   * @default 'frame'
   */
  flush?: Flush | undefined;
}

/**
 * A connection reads its options once. Written inline they never reopen a socket, and its functions
 * are always the ones rendered last: `protocols`, `handshake`, `shouldReconnect`, `inspect`,
 * `reconnect.delay`, `heartbeat.message` and `heartbeat.isPong`. A new URL, new `protocols` (compared
 * by value) or a new `share` make another connection.
 */
export interface UseWebSocketOptions<In = IncomingData, Out = OutgoingData, A = unknown, S = unknown, T = S>
  extends ConnectionOptions<In, Out>, MessageOptions<In, A, S, T> {
  /**
   * Who else uses this connection.
   *
   * - `true`: every component that names the same URL and `protocols`. The first one's connection
   *   options count. Where either of the two is a function nobody can tell whether they are the same,
   *   so the connection is the component's own.
   * - `false`: nobody.
   * - a name: those that give the same name and the same URL and `protocols`; a function counts as the same as any other.
   *
   * @default true
   */
  share?: boolean | string | undefined;
}

/** Reading a field makes the component render when it changes; what is not read does not. */
export interface UseWebSocketResult<In, Out, T, C extends Connection<In, Out> | null> extends ConnectionSnapshot {
  /** What `collect` made of the messages, or the part that `select` picked. Starts over with another connection. */
  readonly data: T;
  /** As {@link Connection.send}. `'dropped'` without a connection. */
  readonly send: (message: Out, options?: SendOptions) => SendResult;
  /** As {@link Connection.connect}, but lasts no longer than the component. */
  readonly connect: () => void;
  /** As {@link Connection.disconnect}: for everybody who shares the connection. */
  readonly disconnect: (code?: number, reason?: string) => void;
  /** As {@link Connection.reconnect}, but lasts no longer than the component. */
  readonly reconnect: () => void;
  /** The line itself; `null` while the first argument is `null`. */
  readonly connection: C;
}
