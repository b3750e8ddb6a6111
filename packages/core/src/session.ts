import type { Clock } from './lib/clock';
import type { CloseVerdict } from './wire/closeVerdict';

/**
 * Speaks for one line. Each request has a `ref`, an integer that grows and never comes twice on a
 * connection; its outcome is told as a `reply` or `refusal` with that `ref`. One without an outcome times out.
 */
export interface ChannelSession<In = unknown> {
  /** What the server asked for when the line opened; over the protocol's heartbeat. In milliseconds. */
  readonly heartbeat?: { readonly interval?: number; readonly timeout?: number } | undefined;
  /** Silence of this long, in milliseconds, means that the line is dead; the app may allow less. @default Infinity */
  readonly idleTimeout?: number | undefined;
  /**
   * Asks to join. May first ask somebody else for permission; the promise rejects when that failed (throw a
   * `ChannelRefusal` to say with which verdict). Send nothing once `signal` is aborted: a leave may come in between.
   */
  join(request: JoinRequest): void | Promise<void>;
  /** Ends a membership, or a join that may not have been sent yet. Servers that do not answer, or were not asked: tell the reply at once. The next join of the topic waits for it. */
  leave(request: LeaveRequest): void;
  /** Sends an event to a joined channel. Servers that do not answer: tell the reply once it is handed to the socket. */
  push(request: PushRequest): void;
  /** Anything else that is answered: a remote call, a page of history. @default refused */
  call?(request: CallRequest): void;
  /** A frame came. Whatever it throws makes the frame an `invalid` event. */
  receive(frame: In): void;
  /** How its line closed, or one after it that never opened, where that is known. */
  closed?(close: { readonly code: number; readonly reason: string }): void;
}

export interface JoinRequest {
  readonly ref: number;
  /** The name on the wire. */
  readonly topic: string;
  /** What the app gave with the topic, the function that makes it already called. */
  readonly params: unknown;
  /** The position that was told last, to go on from; `undefined` when there is none. */
  readonly position: unknown;
  /** Aborted when nobody wants the channel any more, it took too long, or the line is over. Made when it is first read, since it is heavier than the channel: read it where somebody is asked. A spread does not copy it. */
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
  /** Whether somebody still waits for it: look again before sending something that had to wait its turn. */
  isWanted(): boolean;
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
  readonly protocol: { readonly name: string; wireTopic?(topic: string, params: unknown): string };
  readonly clock: Clock;
  /** How many events may wait until their channels are joined: `queue.maxMessages`. */
  readonly maxPending: number;
  /** Who speaks for the line; `null` while it is not connected. */
  readonly session: Pick<ChannelSession, 'join' | 'leave' | 'push' | 'call'> | null;
  /** Whether the socket takes more: it is up, and below `highWaterMark`. */
  hasRoom(): boolean;
  onFact(listener: (fact: ChannelFact) => void): () => void;
  /** Calls back once the connection is disposed; at once if it is. */
  onDispose(listener: () => void): void;
  /** Makes an `invalid` event of a message. */
  refuse(data: unknown, cause: unknown): void;
}
