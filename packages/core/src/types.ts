import type { TautlineError } from './errors';
import type { ChannelPort } from './session';

/** What a WebSocket can send: text, or binary in any of its shapes. */
export type OutgoingData = string | ArrayBuffer | ArrayBufferView | Blob;

/** What a WebSocket delivers: text, or binary as `binaryType` says. */
export type IncomingData = string | ArrayBuffer | Blob;

/** The end of a socket, in the words of the WHATWG `CloseEvent`. */
export interface CloseInfo {
  /** Close code of RFC 6455 section 7.4; 1006 when no close frame came. */
  readonly code: number;
  /** At most 123 bytes of UTF-8; empty when none was given. */
  readonly reason: string;
  /** Whether both sides exchanged close frames. */
  readonly wasClean: boolean;
}

/**
 * - `idle`: never asked to connect.
 * - `connecting`: the first attempt.
 * - `connected`: usable; the handshake, if any, is done.
 * - `reconnecting`: trying again, or waiting to (`retryAt` says until when, `paused` why not at all).
 * - `disconnected`: asked for, or ended by the server with a final close code.
 * - `failed`: gave up; `error` says why and what to do. `connect()` starts again.
 */
export type ConnectionStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'disconnected' | 'failed';

/** Why no attempt is scheduled: the browser is offline, or the page is hidden or frozen. */
export type PauseReason = 'offline' | 'hidden' | 'frozen';

/** Why an attempt is made. `retry`: the line was lost or the attempt before failed. `reauth`: the server asked for new credentials. */
export type AttemptReason = 'connect' | 'reconnect' | 'retry' | 'reauth';

/** What is true of a connection now. Immutable; the same object for as long as nothing changes. */
export interface ConnectionSnapshot {
  readonly status: ConnectionStatus;
  /** The numbers of the DOM: 0 CONNECTING, 1 OPEN, 2 CLOSING, 3 CLOSED. */
  readonly readyState: 0 | 1 | 2 | 3;
  /** Retries since the line was last up for `reconnect.minUptime`; 0 during the first attempt. */
  readonly attempt: number;
  /** When the next attempt starts, in milliseconds since the epoch; `null` when none is scheduled. */
  readonly retryAt: number | null;
  readonly paused: PauseReason | null;
  /** Why the line is not up; `null` once it is. */
  readonly error: TautlineError | null;
  /** How the last socket ended; `null` while none has, and once connected again. */
  readonly close: CloseInfo | null;
  /** Round trip of the last heartbeat in milliseconds; `null` before the first. */
  readonly latency: number | null;
  /** The subprotocol the server chose; empty when none. */
  readonly subprotocol: string;
  /** When the line became usable, in milliseconds since the epoch; `null` while it is not. */
  readonly connectedAt: number | null;
}

/**
 * What became of a message: handed to the socket, waiting for the line, or given up (a `dropped`
 * event says why).
 */
export type SendResult = 'sent' | 'queued' | 'dropped';

/**
 * - `overflow`: the queue was full. `expired`: its `ttl` ran out while it waited.
 * - `volatile`: sent with `volatile` while the line was down. `disabled`: sent while the line was down, with `queue: false`.
 * - `invalid`: the codec could not encode it, or the socket refused it.
 * - `cleared`: by `queue.clear()`. `disposed`: the connection is gone.
 */
export type DropReason = 'overflow' | 'expired' | 'volatile' | 'disabled' | 'invalid' | 'cleared' | 'disposed';

export interface SendOptions {
  /** Send now or not at all, for what is worthless later (a cursor position). @default false */
  volatile?: boolean | undefined;
  /** How long the message may wait in the queue, in milliseconds. @default queue.ttl */
  ttl?: number | undefined;
}

/** What the listeners of each event receive. */
export interface ConnectionEvents<In, Out> {
  /** A message, decoded and validated. */
  message: In;
  /** The line is usable. */
  connected: { readonly subprotocol: string; readonly attempt: number };
  /** The line stopped being usable. */
  disconnected: {
    readonly close: CloseInfo | null;
    readonly error: TautlineError | null;
    readonly willReconnect: boolean;
  };
  /** The line is usable again, after `downtime` milliseconds. Follows `connected`. */
  reconnected: { readonly downtime: number };
  /** A message was given up. It was not sent and will not be. */
  dropped: { readonly message: Out; readonly reason: DropReason };
  /** A message that the codec or the schema refused. Incoming: it was not delivered. Outgoing: it was not sent. */
  invalid: { readonly direction: 'incoming' | 'outgoing'; readonly data: unknown; readonly error: TautlineError };
  /** An attempt failed, or the line was lost. The same object as `snapshot.error`. */
  error: TautlineError;
}

/** Messages that wait for the line. */
export interface ConnectionQueue<Out = OutgoingData> {
  /** How many messages wait. */
  readonly size: number;
  /** How many bytes they hold, text counted as UTF-8. */
  readonly bytes: number;
  /** Whether this very message waits, by identity. */
  has(message: Out): boolean;
  /** Gives all of them up; each is reported as `dropped` with reason `cleared`. */
  clear(): void;
  /** Resolves once nothing waits: everything was handed to the socket or reported as dropped. */
  drain(): Promise<void>;
}

/** A line that reconnects. Made by `createConnection`; its methods need no `this`. */
export interface Connection<In = IncomingData, Out = OutgoingData> {
  readonly queue: ConnectionQueue<Out>;
  /** What `channel()` stands on; `null` without the option `channels`. */
  readonly channels: ChannelPort | null;
  getSnapshot(): ConnectionSnapshot;
  /** Calls back after every change of the snapshot. The store contract of React's `useSyncExternalStore`. */
  subscribe(listener: () => void): () => void;
  /** Asks for the line: starts it, or tries at once instead of waiting. Lifts an earlier `disconnect`. */
  connect(): void;
  /**
   * Closes the line and keeps it closed until `connect()`. Queued messages stay queued.
   *
   * @param code 1000, or 3000 to 4999. Default 1000.
   * @param reason At most 123 bytes of UTF-8. Default empty.
   * @throws {InvalidOptionError} for any other code or a longer reason.
   * @see https://websockets.spec.whatwg.org/#dom-websocket-close
   */
  disconnect(code?: number, reason?: string): void;
  /** Replaces the socket now, whatever the state. */
  reconnect(): void;
  /**
   * Asks for the line for as long as the returned release is not called. The last release
   * disconnects, one macrotask later, so that who lets go and takes hold again keeps the socket.
   */
  retain(): () => void;
  /**
   * Sends now, or queues while the line is down. Never throws because of the line.
   *
   * @throws {QueueFullError} only with `queue.overflow: 'throw'`.
   */
  send(message: Out, options?: SendOptions): SendResult;
  on<E extends keyof ConnectionEvents<In, Out>>(
    event: E,
    listener: (detail: ConnectionEvents<In, Out>[E]) => void,
  ): () => void;
  /**
   * Resolves once connected; at once when it is. Does not connect by itself.
   *
   * Rejects with the signal's reason, or with the error that made the status `failed` or `disconnected`.
   */
  whenConnected(options?: { signal?: AbortSignal | undefined }): Promise<void>;
  /** Ends it for good: closes the socket, reports what is queued as dropped, and forgets all listeners. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** The part of the standard's class that a connection uses. */
export type WebSocketConstructor = new (url: string, protocols?: string[]) => WebSocketLike;

export interface WebSocketLike {
  readonly readyState: number;
  readonly protocol: string;
  /** Missing in React Native. */
  readonly bufferedAmount?: number;
  binaryType: string;
  // `any`: every implementation has an event type of its own.
  /* eslint-disable @typescript-eslint/no-explicit-any */
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  /* eslint-enable @typescript-eslint/no-explicit-any */
  // Method syntax: implementations accept subsets of the standard's data types.
  send(data: OutgoingData): void;
  close(code?: number, reason?: string): void;
}
