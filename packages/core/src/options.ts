import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Clock } from './lib/clock';
import type { Backoff } from './machine/backoff';
import type { MachineOptions } from './machine/state';
import type { InspectRecord } from './runtime/inspect';
import type { Environment, LifecycleInterest } from './runtime/lifecycle';
import type { QueueLimits } from './runtime/queue';
import type { ChannelFact, ChannelSession } from './session';
import type { AttemptReason, CloseInfo, IncomingData, OutgoingData, WebSocketConstructor } from './types';
import type { CloseCodes } from './wire/closeCodes';
import type { CloseVerdict } from './wire/closeVerdict';
import type { Codec } from './wire/codec';

/** What a provider or a handshake learns about the attempt it works for. */
export interface AttemptContext {
  /** Retries since the line was last stable; 0 for the first attempt. */
  readonly attempt: number;
  readonly reason: AttemptReason;
  /** Aborted when the attempt is given up: a timeout, `disconnect`, `reconnect`. */
  readonly signal: AbortSignal;
}

/**
 * A value, or how to get it: called again before every attempt, so that a token is never stale.
 * A rejection is a failed attempt; throw `StopReconnecting` to give up.
 */
export type Provider<T> = T | ((context: AttemptContext) => T | Promise<T>);

/** The wire before the line counts as connected. */
export interface HandshakeContext<In, Out> extends AttemptContext {
  /** Sends at once, ahead of everything queued. */
  send(message: Out): void;
  /** The next message. What is not received here is delivered to listeners afterwards. */
  receive(): Promise<In>;
}

export interface ReconnectOptions {
  /** Bound of the first retry's random wait, in milliseconds, 0 or more. @default 1_000 */
  initialDelay?: number | undefined;
  /** Bound of any wait, in milliseconds. @default 10_000 */
  maxDelay?: number | undefined;
  /** By what the bound grows with each attempt, 1 or more. @default 2 */
  factor?: number | undefined;
  /** `full`: a random wait between 0 and the bound. `none`: the bound itself; a herd stays a herd. @default 'full' */
  jitter?: 'full' | 'none' | undefined;
  /** Retries in a row before the status becomes `failed`; 0 allows none. @default Infinity */
  maxAttempts?: number | undefined;
  /** How long the line must be up before the count starts over, in milliseconds. @default 5_000 */
  minUptime?: number | undefined;
  /** Your own wait in milliseconds; `undefined` or a negative number leaves it to the options above. `attempt` is 1 for the first retry. */
  delay?: ((attempt: number, close: CloseInfo | null) => number | undefined) | undefined;
}

export interface HeartbeatOptions<In, Out> {
  /**
   * How often a ping is sent, in milliseconds, at least 1. Keep it below the shortest idle timeout
   * between you and the server.
   *
   * Browsers cannot send the ping frames of RFC 6455 section 5.5.2, so the ping is a message.
   *
   * @default 25_000
   */
  interval?: number | undefined;
  /** How long to wait for any message after a ping before the line is dead, in milliseconds, at least 1. @default 5_000 */
  timeout?: number | undefined;
  /** The ping, or what makes it; the codec encodes it. */
  message: NoInfer<Out | (() => Out)>;
  /** Recognises the answer: it measures `latency` and is not delivered. Without it, the first message after a ping counts as the answer, and is delivered. */
  isPong?: ((message: In) => boolean) | undefined;
}

export interface QueueOptions {
  /** How many messages may wait. @default 1_000 */
  maxMessages?: number | undefined;
  /** How many bytes they may hold. @default 1_048_576 */
  maxBytes?: number | undefined;
  /** Which message gives way when full; `throw` makes `send` throw `QueueFullError`. @default 'drop-newest' */
  overflow?: 'drop-newest' | 'drop-oldest' | 'throw' | undefined;
  /** How long a message may wait, in milliseconds; one that waited longer is dropped, not sent. @default Infinity */
  ttl?: number | undefined;
}

export interface LifecycleOptions {
  /** Pause while offline, probe or retry at once when back online. @default true */
  online?: boolean | undefined;
  /** Close before the page enters the back/forward cache, reopen when it returns. @default true */
  bfcache?: boolean | undefined;
  /** Close before the browser freezes the page, reopen when it resumes. @default true */
  freeze?: boolean | undefined;
  /** Close after the page was hidden for this long, in milliseconds; `false`: never. @default false */
  hiddenAfter?: number | false | undefined;
  /** Replaces parts of the platform: React Native, tests. @default the browser's, or Node's */
  environment?: Partial<Environment> | undefined;
}

/**
 * How a server speaks of channels: what an app gives to `createConnection` as `channels`. Four come with
 * Tautline; `docs/protocols.md` shows how to write another, step by step.
 *
 * The object only describes. Whatever has to be remembered (ids, tokens, who is joined) belongs to the
 * session that `open` makes, one for each line.
 */
export interface ChannelProtocol<In = unknown, Out = unknown> {
  /** Said in errors. */
  readonly name: string;
  /** Between frames of the protocol and what the socket carries. Where one WebSocket message holds many frames, `In` is a list. */
  readonly codec: Codec<In, Out>;
  /** Subprotocols to offer, unless the app gives its own. @default none */
  readonly protocols?: Provider<string | readonly string[]>;
  /** The address to open, made from the one the app gave (absolute, ws or wss); called before every attempt. @default as it is */
  url?(url: URL, context: AttemptContext): string | URL | Promise<string | URL>;
  /** The ping, where it is the client that asks. A session may change its times. @default off */
  readonly heartbeat?: HeartbeatOptions<In, Out> | false;
  /** Verdict on the code a line closed with; `undefined` leaves it to the default table. The app's `closeCodes` win. */
  closeVerdict?(close: CloseInfo): CloseVerdict | undefined;
  /**
   * Opens a line: exchanges whatever frames come first (a token, a welcome), and returns who speaks for the
   * line from then on. A rejection is a failed attempt; throw `StopReconnecting` to give up.
   */
  open(context: SessionContext<In, Out>): ChannelSession<In> | Promise<ChannelSession<In>>;
  /**
   * What names the channel on the wire, where that is more than the topic (Action Cable's identifier). At most
   * one membership by this name exists on a line. @default the topic
   */
  wireTopic?(topic: string, params: unknown): string;
}

/** What a session works with. `receive` is for `open` alone; afterwards frames come to `ChannelSession.receive`. */
export interface SessionContext<In, Out> extends HandshakeContext<In, Out> {
  /** Time and chance. Sessions use no other, so that they can be simulated. What they started must end with `signal`. */
  readonly clock: Clock;
  /** While `open` runs: who spoke for the line before this one, with whatever it remembers; `null` for the first. Take what you need, and do not keep it. */
  readonly previous: ChannelSession<In> | null;
  /** Hands a frame to the socket at once. Once the line is over it does nothing. */
  send(frame: Out): void;
  /** Says what the server said. Does nothing once the line is over. */
  tell(fact: ChannelFact): void;
  /** Gives the line up: retried as usual, or for good if it is a `StopReconnecting`. */
  fail(error: unknown): void;
}

/** All durations in milliseconds. `Infinity` turns a timeout off. */
export interface ConnectionOptions<In = IncomingData, Out = OutgoingData> {
  /** Subprotocols to offer, in order of preference (RFC 6455 section 1.9). @default none */
  protocols?: Provider<string | readonly string[]> | undefined;
  /**
   * Frames to exchange before the line counts as connected: a token as first message, a welcome to
   * wait for. The queue is flushed only after it; its rejection is a failed attempt.
   *
   * @default none
   */
  handshake?: ((context: HandshakeContext<In, Out>) => Promise<void> | void) | undefined;
  /** A channel protocol. @default none */
  channels?: ChannelProtocol<In, Out> | undefined;
  /** Between messages and frames: `raw`, `json()` or your own. @default raw */
  codec?: Codec<In, Out> | undefined;
  /** Checks incoming messages, by any Standard Schema (Zod, Valibot, ArkType). What fails is an `invalid` event. @default none */
  schema?: StandardSchemaV1<unknown, In> | undefined;
  /** When to try again; `false`: never. @default on */
  reconnect?: boolean | ReconnectOptions | undefined;
  /** Overrides the verdict of the close-code table: `true` retries, `false` ends. @default by table */
  shouldReconnect?:
    | ((close: CloseInfo, context: { readonly attempt: number; readonly verdict: CloseVerdict }) => boolean)
    | undefined;
  /** Verdicts by close code, over the default table. @default see docs/reconnect.md */
  closeCodes?: CloseCodes | undefined;
  /**
   * From the start of an attempt to usable, provider and handshake included. Not less without need:
   * browsers delay reconnects themselves (Firefox up to 22 s after 12 failures, Chromium up to 5 s).
   *
   * @default 20_000
   */
  connectTimeout?: number | undefined;
  /** How long `disconnect` waits for the server's close frame before the socket is abandoned. @default 2_000 */
  closeTimeout?: number | undefined;
  /** Asks a silent peer whether it is there. @default off */
  heartbeat?: HeartbeatOptions<In, Out> | false | undefined;
  /** No message for this long means dead: for servers that ping us. @default Infinity */
  idleTimeout?: number | undefined;
  /** What waits while the line is down; `false`: nothing does. @default bounded */
  queue?: boolean | QueueOptions | undefined;
  /** Above this `bufferedAmount`, in bytes, messages wait in the queue instead of in the browser. @default 1_048_576 */
  highWaterMark?: number | undefined;
  /** How binary messages arrive. @default 'arraybuffer' */
  binaryType?: BinaryType | undefined;
  /** How network and page events are answered. @default all but `hiddenAfter` */
  lifecycle?: LifecycleOptions | undefined;
  /** The constructor: `ws` in Node 20, or a stand-in, which is heard through its `onopen`, `onmessage`, `onerror` and `onclose`. @default globalThis.WebSocket */
  WebSocket?: WebSocketConstructor | undefined;
  /** Receives every transition, attempt, message, send and drop as a plain object. Never tokens. @default none */
  inspect?: ((record: InspectRecord) => void) | undefined;
}

/** Options with every default filled in; a group that is off is `null`. */
export interface ResolvedOptions<In, Out>
  extends Omit<ConnectionOptions<In, Out>, keyof typeof DEFAULTS>, MachineOptions {
  readonly codec: Codec<In, Out>;
  readonly protocols: Provider<string | readonly string[]>;
  readonly heartbeat: (HeartbeatOptions<In, Out> & typeof DEFAULTS.heartbeat) | null;
  readonly queue: QueueLimits | null;
  readonly highWaterMark: number;
  readonly binaryType: BinaryType;
  readonly lifecycle: LifecycleInterest & { readonly hiddenAfter: number };
  readonly environment: Environment;
}

/** Of connections that reconnect, and but for `initialDelay` of channels that join again. */
export const RECONNECT_DEFAULTS: Backoff = {
  initialDelay: 1_000,
  maxDelay: 10_000,
  factor: 2,
  jitter: 'full',
  maxAttempts: Infinity,
  minUptime: 5_000,
};

/**
 * Every default of a channel. Its `initialDelay` is longer: what ends one often ends it for everybody in one moment, a
 * topic that crashed, say, and nothing has spread them out before, as their lines are up.
 */
export const CHANNEL_DEFAULTS = {
  joinTimeout: 10_000,
  rejoin: /* @__PURE__ */ Object.assign({}, RECONNECT_DEFAULTS, { initialDelay: 7_000 }), // a spread is never left out of a bundle
};

/** Every default there is, but `codec: raw`. `resolveOptions` fills them in. */
export const DEFAULTS = {
  connectTimeout: 20_000,
  closeTimeout: 2_000,
  idleTimeout: Infinity,
  highWaterMark: 1_048_576,
  reconnect: RECONNECT_DEFAULTS,
  heartbeat: { interval: 25_000, timeout: 5_000 },
  queue: { maxMessages: 1_000, maxBytes: 1_048_576, overflow: 'drop-newest', ttl: Infinity },
  lifecycle: { online: true, bfcache: true, freeze: true, hiddenAfter: Infinity },
  binaryType: 'arraybuffer',
};
