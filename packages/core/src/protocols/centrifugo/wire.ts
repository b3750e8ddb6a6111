/**
 * The frames of Centrifugo's JSON protocol, as far as they are used.
 *
 * @see https://github.com/centrifugal/protocol/blob/master/definitions/client.proto
 */

/** An unsigned 64-bit integer: a number while that is exact, its digits above 2^53. */
export type Offset = number | string;

/** Where a channel stands. Offsets of different epochs say nothing about each other. */
export interface StreamPosition {
  readonly offset: Offset;
  readonly epoch: string;
}

/** What a server says when it refuses. `temporary`: it may work later. */
export interface CentrifugoError {
  readonly code: number;
  readonly message: string;
  readonly temporary?: boolean;
}

/** One connection of a user; an anonymous one has an empty `user`. */
export interface ClientInfo {
  readonly user: string;
  readonly client: string;
  readonly conn_info?: unknown;
  readonly chan_info?: unknown;
}

export interface Publication {
  readonly data: unknown;
  /** Absent where the channel keeps no history. */
  readonly offset?: Offset;
  readonly epoch?: string;
  /** Who published it, if it was a client. */
  readonly info?: ClientInfo;
  readonly tags?: Readonly<Record<string, string>>;
}

/** How long what was allowed stays allowed; `ttl` in seconds. Absent when the client need not care. */
export interface Expiry {
  readonly expires?: boolean;
  readonly ttl?: number;
}

export interface SubscribeResult extends Expiry {
  readonly recoverable?: boolean;
  readonly offset?: Offset;
  readonly epoch?: string;
  readonly was_recovering?: boolean;
  readonly recovered?: boolean;
  readonly publications?: readonly Publication[];
  readonly data?: unknown;
}

export interface ConnectResult extends Expiry {
  readonly client: string;
  readonly version?: string;
  /** What the backend has to say to this connection. */
  readonly data?: unknown;
  /** Channels that the server subscribed the connection to, by name. */
  readonly subs?: Readonly<Record<string, SubscribeResult>>;
  /** How often the server pings, in seconds. */
  readonly ping?: number;
  /** Whether it wants an answer. */
  readonly pong?: boolean;
}

/** What the server answers, by method. */
export interface Results {
  readonly connect: ConnectResult;
  readonly subscribe: SubscribeResult;
  readonly unsubscribe: object;
  readonly publish: object;
  readonly presence: { readonly presence?: Readonly<Record<string, ClientInfo>> };
  readonly presence_stats: { readonly num_clients?: number; readonly num_users?: number };
  readonly history: {
    readonly publications?: readonly Publication[];
    readonly offset?: Offset;
    readonly epoch?: string;
  };
  readonly rpc: { readonly data?: unknown };
  readonly refresh: Expiry;
  readonly sub_refresh: Expiry;
}

export type Method = keyof Results;

/** Code and words with which a subscription or the line ends. */
export interface Ending {
  readonly code: number;
  readonly reason?: string;
}

export interface Push {
  readonly channel?: string;
  readonly pub?: Publication;
  readonly join?: { readonly info: ClientInfo };
  readonly leave?: { readonly info: ClientInfo };
  readonly subscribe?: SubscribeResult;
  readonly unsubscribe?: Ending;
  readonly disconnect?: Ending;
  /** From the server to this client alone, in no channel. */
  readonly message?: { readonly data: unknown };
}

/** To a command (`id`), on the server's own account (`push`), or neither: a ping. */
export interface Reply extends Partial<Results> {
  readonly id?: number;
  readonly error?: CentrifugoError;
  readonly push?: Push;
}

/** One without `method` answers a ping. */
export interface Command {
  readonly id?: number;
  readonly method?: Method;
  /** `data` is the app's and goes through as it is. */
  readonly body?: Readonly<Record<string, unknown>>;
}
