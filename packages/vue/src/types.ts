import type {
  AttemptContext,
  Collector,
  Connection,
  ConnectionOptions,
  ConnectionSnapshot,
  Flush,
  IncomingData,
  OutgoingData,
  SendOptions,
  SendResult,
} from '@tautline/core';
import type { MaybeRefOrGetter, Ref } from 'vue';

/** Finds the URL out, again before every attempt, so that a token in it is never stale. */
export type UrlProvider = (context: AttemptContext) => string | URL | Promise<string | URL>;

/** What a connection goes to. */
export type Address = string | URL | UrlProvider;

/**
 * An address, a connection made elsewhere, or `null` for none; or a ref or getter of one.
 *
 * A function that takes no parameter is a getter, as everywhere in Vue: it is watched, and another
 * result is another connection. One that takes the {@link AttemptContext}, or that returns a promise,
 * is a provider: it is called before every attempt.
 */
export type MaybeTarget<In, Out> = MaybeRefOrGetter<Address | Connection<In, Out> | null | undefined>;

/** How messages become what a component sees. All of it belongs to the one component, also on a shared connection. */
export interface MessageOptions<In, A, S, T> {
  /** Makes `data` of the messages; each is added exactly once. @default latest() */
  collect?: Collector<In, S, A> | undefined;
  /** The part of the collected state that `data` is. What it reads of refs is followed too. @default all of it */
  select?: ((state: S) => T) | undefined;
  /** Whether two parts count as the same, so that `data` does not trigger. @default Object.is */
  isEqual?: ((before: T, after: T) => boolean) | undefined;
  /** Called once for every message, in the task in which it came; under KeepAlive also while deactivated. @default none */
  onMessage?: ((message: In) => void) | undefined;
  /**
   * Whether the component asks for the line. With `false` it opens nothing, messages that it sends
   * wait in the queue, and it still sees a line that others hold open. Its `connect()` opens it,
   * until the scope ends or `enabled` changes.
   *
   * @default true
   */
  enabled?: MaybeRefOrGetter<boolean> | undefined;
  /**
   * When new messages show in `data`: at most once per animation frame, every so many milliseconds,
   * or at once for each.
   *
   * @default 'frame'
   */
  flush?: Flush | undefined;
}

/** Read once per connection: a new URL, or another value of a ref of `protocols`, brings another. */
export interface UseWebSocketOptions<In = IncomingData, Out = OutgoingData, A = unknown, S = unknown, T = S>
  extends Omit<ConnectionOptions<In, Out>, 'protocols'>, MessageOptions<In, A, S, T> {
  /**
   * Subprotocols to offer, in order of preference (RFC 6455 section 1.9). A ref is followed: another
   * value is another connection. A function is no getter; it is called before every attempt.
   *
   * @default none
   */
  protocols?: ConnectionOptions<In, Out>['protocols'] | Readonly<Ref<string | readonly string[] | undefined>>;
  /**
   * Who else uses this connection.
   *
   * - `true`: everybody in the app who names the same URL and `protocols`. The first one's connection
   *   options count. Where either of the two is a provider nobody can tell whether they are the same,
   *   so the connection is the component's own.
   * - `false`: nobody.
   * - a name: those that give the same name and the same URL and `protocols`; a provider counts as the same as any other.
   *
   * @default true
   */
  share?: boolean | string | undefined;
}

/** Each field of the snapshot as a ref of its own, which triggers only when that field changed. */
export type RefsOf<N> = { readonly [Field in keyof N]: Readonly<Ref<N[Field]>> };

export type SnapshotRefs = RefsOf<ConnectionSnapshot>;

/** Refs stand still while a component is deactivated under KeepAlive, and catch up when it is activated. */
export interface UseWebSocketResult<In, Out, T, C extends Connection<In, Out> | null> extends SnapshotRefs {
  /** What `collect` made of the messages, or the part that `select` picked. Starts over with another connection. */
  readonly data: Readonly<Ref<T>>;
  /** As {@link Connection.send}. `'dropped'` without a connection. */
  readonly send: (message: Out, options?: SendOptions) => SendResult;
  /** As {@link Connection.connect}, but lasts no longer than the component or scope. Nothing before it is mounted. */
  readonly connect: () => void;
  /** As {@link Connection.disconnect}: for everybody who shares the connection. */
  readonly disconnect: (code?: number, reason?: string) => void;
  /** As {@link Connection.reconnect}, but lasts no longer than the component or scope. Nothing before it is mounted. */
  readonly reconnect: () => void;
  /** The line itself, inert until the component is mounted; `null` while the target is. */
  readonly connection: Readonly<Ref<C>>;
}
