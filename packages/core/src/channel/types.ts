import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ReconnectOptions } from '../options';
import type { ChannelPort } from '../session';
import type { CloseInfo } from '../types';
import type { TautlineError } from '../errors';

/** What each event of a channel carries: `{ typing: { user: string }; message: { text: string } }`. */
export type AnyEvents = Record<string, unknown>;

/** An event and what it carries; checking `event` tells TypeScript which payload it is. */
export type ChannelMessage<Events> = {
  [E in keyof Events & string]: { readonly event: E; readonly payload: Events[E] };
}[keyof Events & string];

/**
 * - `idle`: nobody asked for it yet.
 * - `joining`: asking the server, or waiting for the line to ask.
 * - `joined`: events come, and can be sent.
 * - `rejoining`: was joined, and is on the way back.
 * - `leaving`, `left`: nobody wants it any more, `leave()` was called, or the server ended it for good (`error` says so).
 * - `failed`: the server refused for good; `error` says why. `retain()` tries again.
 */
export type ChannelStatus = 'idle' | 'joining' | 'joined' | 'rejoining' | 'leaving' | 'left' | 'failed';

/** What is true of a channel now. Immutable; the same object for as long as nothing changes. */
export interface ChannelSnapshot {
  readonly status: ChannelStatus;
  /** Why it is not joined; `null` once it is. */
  readonly error: TautlineError | null;
  /**
   * Whether anything was missed while it was not joined. `true`: nothing, whatever happened meanwhile
   * is delivered as events. `false`: something may be missing, so fetch it again. `null`: it has not been away.
   */
  readonly recovered: boolean | null;
  /** Who is there, in the order in which they came; the same list while nobody comes, goes or changes. */
  readonly presence: readonly PresenceMember[];
  /** What the server answered to the last join. */
  readonly joinReply: unknown;
}

/** Somebody who is present, on one connection or many. */
export interface PresenceMember<Info = unknown> {
  readonly id: string;
  /** What is told of the newest of their connections. */
  readonly info: Info;
  /** The same for each of their connections, oldest first. */
  readonly metas: readonly Info[];
}

/** All durations in milliseconds. */
export interface ChannelOptions<Events extends object = AnyEvents> {
  /**
   * What the server gets with the join. Channels with other params are other channels. A function is
   * called again before every join, for a token that expires, and distinguishes nothing.
   *
   * @default none
   */
  params?: unknown;
  /** A Standard Schema for each event. What fails is an `invalid` event, and not delivered. @default none: payloads are trusted */
  events?: { readonly [E in keyof Events]?: StandardSchemaV1<unknown, Events[E]> } | undefined;
  /** From asking for permission to the server's answer. @default 10_000 */
  joinTimeout?: number | undefined;
  /** When to join again what was refused for now, timed out or ended; `false`: never. @default as `reconnect` of a connection, but `initialDelay: 7_000` */
  rejoin?: boolean | ReconnectOptions | undefined;
}

export interface PushOptions {
  /** How long to wait for the reply, waiting to be joined included, in milliseconds; `Infinity`: as long as it takes. @default 10_000 */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** What listeners of `invalid` receive: a payload that its schema refused. */
export interface InvalidPayload {
  readonly event: string;
  readonly payload: unknown;
  readonly error: unknown;
}

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

/** A topic on a connection, shared by all who ask for the same topic and params. Its methods need no `this`. */
export interface Channel<Events extends object = AnyEvents> {
  readonly topic: string;
  /** Who is there; as in the snapshot. */
  readonly presence: readonly PresenceMember[];
  getSnapshot(): ChannelSnapshot;
  /** Calls back after every change of the snapshot. The store contract of React's `useSyncExternalStore`. */
  subscribe(listener: () => void): () => void;
  /**
   * Listens to an event, to all (`*`), or to payloads that their schema refused (`invalid`). Does not join
   * by itself. A server's own events by those two names reach only `*`.
   */
  on(event: '*', listener: (message: ChannelMessage<Events>) => void): () => void;
  on(event: 'invalid', listener: (invalid: InvalidPayload) => void): () => void;
  on<E extends keyof Events & string>(event: E, listener: (payload: Events[E]) => void): () => void;
  /**
   * Sends an event; resolves with the server's reply, or, where a protocol has none, once the socket has it.
   *
   * While the channel is not joined it waits, in order, for at most `timeout`; what is rejected before it was
   * sent is never sent. Rejects with `TimeoutError`; the signal's reason; `ConnectionClosedError` when the line
   * was lost before the reply (it may have arrived); `ChannelError` when the server refused it (`reason`) or the
   * channel ended; `QueueFullError` when as many wait as the connection's `queue.maxMessages`. A rejection that
   * nobody looks at is no unhandled one.
   */
  send<E extends keyof Events & string>(event: E, payload: Events[E], options?: PushOptions): Promise<unknown>;
  /** Leaves at once, whoever retains it; the next `retain()` joins again. */
  leave(): void;
  /**
   * Asks for the channel, and for its line, for as long as the returned release is not called. The last
   * release leaves one macrotask later, so that who lets go and takes hold again stays a member.
   */
  retain(): () => void;
}

/** A channel whose events nobody knows here: it is found by its topic. */
export type AnyChannel = Channel<any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The part of a connection that channels use. */
export interface ChannelLine {
  readonly channels: ChannelPort | null;
  retain(): () => void;
  on(event: 'connected', listener: () => void): () => void;
  on(event: 'disconnected', listener: (disconnection: { readonly close: CloseInfo | null }) => void): () => void;
}
