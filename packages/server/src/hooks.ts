import type { IncomingHttpHeaders } from 'node:http';

/** How a client speaks. */
export type Format = 'centrifugo' | 'envelope';

/** A connection that was let in, as hooks see it. */
export interface Client {
  /** Of this connection; another one after each reconnect. */
  readonly id: string;
  /** Empty for who is anonymous. */
  readonly user: string;
  readonly info: unknown;
}

/** The HTTP request that a client came with. */
export interface Handshake {
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The IP address of the peer: that of the proxy, if there is one. */
  readonly address: string;
}

export interface ConnectRequest extends Handshake {
  readonly format: Format;
  /** Empty when there is none. */
  readonly token: string;
  /** What the client sent along with the token. */
  readonly data: unknown;
  /** `refresh`: a client that is connected brings a new token, so that it may stay. */
  readonly reason: 'connect' | 'refresh';
}

/** Who a client is. */
export interface Credentials {
  /** @default '', for who is anonymous */
  readonly user?: string;
  /** What others are told of this connection: with its publications, and in presence. @default none */
  readonly info?: unknown;
  /** Until when this holds, in milliseconds since the epoch (the `exp` of a JWT times 1000). @default for ever */
  readonly expiresAt?: number | undefined;
  /** Told to the client when it is connected. @default none */
  readonly data?: unknown;
  /**
   * Channels to subscribe the client to, without its asking. Only for Centrifugo's protocol; clients of the
   * envelope subscribe themselves.
   *
   * @default none
   */
  readonly channels?: readonly string[];
}

export interface SubscribeRequest {
  readonly client: Client;
  readonly channel: string;
  /** The token for this channel; empty when there is none, and always in the envelope. */
  readonly token: string;
  /** What the client sent along: in the envelope, the channel's `params`. */
  readonly data: unknown;
  /** `refresh`: a client that is subscribed brings a new token, so that it may stay. */
  readonly reason: 'subscribe' | 'refresh';
}

/** What comes with a subscription. */
export interface Permission {
  /** What others in the channel are told of this connection. @default none */
  readonly info?: unknown;
  /** Until when this holds, in milliseconds since the epoch. Who did not refresh it then must subscribe again. @default for ever */
  readonly expiresAt?: number | undefined;
  /** Told to the client when it is subscribed. @default none */
  readonly data?: unknown;
}

export interface PublishRequest {
  readonly client: Client;
  readonly channel: string;
  /** The name of an event; `undefined` for data without a name. */
  readonly event: string | undefined;
  /** The payload of an event, or the data. */
  readonly payload: unknown;
}

export interface EventRequest extends PublishRequest {
  readonly event: string;
}

export interface CallRequest {
  readonly client: Client;
  readonly method: string;
  readonly data: unknown;
  /** The topic that a `call` of the envelope named. Nothing says that the client is subscribed to it. */
  readonly channel: string | undefined;
}
