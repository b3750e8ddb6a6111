import type { Clock } from './lib/clock';
import type { AttemptContext, HandshakeContext, HeartbeatOptions, Provider } from './options';
import type { CloseInfo } from './types';
import type { CloseVerdict } from './wire/closeCodes';
import type { Codec } from './wire/codec';

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
  /** Who spoke for the line before this one, with whatever it remembers; `null` for the first. */
  readonly previous: ChannelSession<In> | null;
  /** Hands a frame to the socket at once. Once the line is over it does nothing. */
  send(frame: Out): void;
  /** Says what the server said. Does nothing once the line is over. */
  tell(fact: ChannelFact): void;
  /** Gives the line up: retried as usual, or for good if it is a `StopReconnecting`. */
  fail(error: unknown): void;
}

/**
 * Speaks for one line. Each request has a `ref`, an integer that grows and never comes twice on a
 * connection; its outcome is told as a `reply` or `refusal` with that `ref`. One without an outcome times out.
 */
export interface ChannelSession<In = unknown> {
  /** What the server asked for when the line opened; over the protocol's heartbeat. In milliseconds. */
  readonly heartbeat?: { readonly interval?: number; readonly timeout?: number } | undefined;
  /** Silence of this long, in milliseconds, means that the line is dead. @default Infinity */
  readonly idleTimeout?: number | undefined;
  /**
   * Asks to join. May first ask somebody else for permission: nothing counts as sent until the returned promise
   * resolves. It rejects when that failed (throw a `ChannelRefusal` to say with which verdict).
   */
  join(request: JoinRequest): void | Promise<void>;
  /** Ends a membership. Servers that do not answer: tell the reply at once. The next join of the topic waits for it. */
  leave(request: LeaveRequest): void;
  /** Sends an event to a joined channel. Servers that do not answer: tell the reply once it is handed to the socket. */
  push(request: PushRequest): void;
  /** Anything else that is answered: a remote call, a page of history. @default refused */
  call?(request: CallRequest): void;
  /** A frame came. Whatever it throws makes the frame an `invalid` event. */
  receive(frame: In): void;
}

export interface JoinRequest {
  readonly ref: number;
  /** The name on the wire. */
  readonly topic: string;
  /** What the app gave with the topic, the function that makes it already called. */
  readonly params: unknown;
  /** The position that was told last, to go on from; `undefined` when there is none. */
  readonly position: unknown;
  /** Aborted when nobody wants the channel any more, it took too long, or the line is over. */
  readonly signal: AbortSignal;
}

export interface LeaveRequest {
  readonly ref: number;
  readonly topic: string;
  /** The ref of the join that began this membership. */
  readonly joinRef: number;
}

export interface PushRequest extends LeaveRequest {
  readonly event: string;
  readonly payload: unknown;
}

export interface CallRequest {
  readonly ref: number;
  readonly command: unknown;
}

/**
 * What a server said, in the words all protocols share.
 *
 * `position` is opaque, belongs to the channel and is handed back by the next join. `ref` of an `event`, `ended`
 * or `presence` is that of the join it belongs to, where the wire says so: one that differs is of a former
 * membership and is dropped; with the right one, an event may come before the join's reply and is held back
 * until then. Without `ref` it counts only while joined.
 */
export type ChannelFact =
  | {
      readonly type: 'reply';
      readonly ref: number;
      readonly payload?: unknown;
      /** To a join: where the channel stands now. */
      readonly position?: unknown;
      /** To a join that gave a position: whether everything since was or will be told. @default false */
      readonly recovered?: boolean;
    }
  | {
      readonly type: 'refusal';
      readonly ref: number;
      /** In words. */
      readonly message: string;
      /** What the server said, for `ChannelError.reason`. */
      readonly reason?: unknown;
      /** Of a join: whether to try again; `reauth` means at once, and once. @default 'stop' */
      readonly verdict?: CloseVerdict;
    }
  | {
      readonly type: 'event';
      readonly topic: string;
      readonly ref?: number | undefined;
      readonly event: string;
      readonly payload: unknown;
      readonly position?: unknown;
    }
  /** The server ended the membership. */
  | {
      readonly type: 'ended';
      readonly topic: string;
      readonly ref?: number | undefined;
      readonly message: string;
      readonly reason?: unknown;
      /** Whether to join again, with backoff. */
      readonly verdict: CloseVerdict;
    }
  /** Who is there (`state`), or who came and went since (joins are taken first). */
  | {
      readonly type: 'presence';
      readonly topic: string;
      readonly ref?: number | undefined;
      readonly state?: readonly PresenceEntry[];
      readonly joins?: readonly PresenceEntry[];
      readonly leaves?: readonly PresenceEntry[];
    };

/** One connection of somebody who is present. */
export interface PresenceEntry {
  /** Who. */
  readonly id: string;
  /** Which of their connections. */
  readonly ref: string;
  /** The ref that this one replaces. */
  readonly replaces?: string | undefined;
  /** What the server tells of it. */
  readonly info: unknown;
}

/** What a connection offers to the channels on it. */
export interface ChannelPort {
  readonly protocol: Pick<ChannelProtocol, 'name' | 'wireTopic'>;
  readonly clock: Clock;
  /** How many events may wait until their channels are joined: `queue.maxMessages`. */
  readonly maxPending: number;
  /** Who speaks for the line; `null` while it is not connected. */
  readonly session: Pick<ChannelSession, 'join' | 'leave' | 'push' | 'call'> | null;
  /** Whether the socket takes more: it is up, and below `highWaterMark`. */
  hasRoom(): boolean;
  onFact(listener: (fact: ChannelFact) => void): () => void;
  /** Makes an `invalid` event of a message. */
  refuse(data: unknown, cause: unknown): void;
}
