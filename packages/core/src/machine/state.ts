import type { TautlineError } from '../errors';
import type { AttemptReason, CloseInfo, PauseReason } from '../types';
import type { Backoff } from './backoff';

/**
 * The life of a connection. `transition.test.ts` compares this diagram with the code.
 *
 * ```
 * idle       --> connecting, backoff, disposed
 * connecting --> connecting, open, backoff, closed, disposed
 * open       --> connecting, backoff, closing, closed, disposed
 * backoff    --> connecting, backoff, closed, disposed
 * closing    --> connecting, backoff, closed, disposed
 * closed     --> connecting, backoff, disposed
 * disposed
 * ```
 *
 * `connecting`, `open` and `closing` own a line, that is, an attempt and the socket it leads to: the newest.
 * In all other states there is none. Lines are numbered; what a former line still says changes nothing.
 */
export type State = IdleState | ConnectingState | OpenState | BackoffState | ClosingState | ClosedState | DisposedState;
export type StateName = State['name'];
/** In these a line is wanted. */
export type ActiveState = ConnectingState | OpenState | BackoffState;

/** What outlives a state. Times are milliseconds since the epoch. */
export interface Memory {
  /** How many lines there have been; the number of the newest. */
  readonly lines: number;
  /** Retries since the line was last stable, that is, up for `minUptime`. */
  readonly attempt: number;
  readonly reason: AttemptReason;
  /** New credentials were asked for since the line was last stable. */
  readonly reauthenticated: boolean;
  readonly error: TautlineError | null;
  readonly close: CloseInfo | null;
  /** When the line was lost that is to be restored. */
  readonly lostAt: number | null;
  /** Since when the page is hidden. */
  readonly hiddenAt: number;
}

interface Common {
  readonly memory: Memory;
}

/** Never asked to connect. */
export interface IdleState extends Common {
  readonly name: 'idle';
}

/** Providers run, the socket opens, the handshake is exchanged. */
export interface ConnectingState extends Common {
  readonly name: 'connecting';
  readonly deadline: number;
  /** The socket reported an error; its close should follow, at the latest then. */
  readonly closeBy: number;
}

/** Usable. */
export interface OpenState extends Common {
  readonly name: 'open';
  readonly connectedAt: number;
  readonly subprotocol: string;
  readonly latency: number | null;
  /** A ping is out. `late`: its deadline was once found passed by far, so it was sent again. */
  readonly ping: { readonly deadline: number; readonly late: boolean } | null;
  /** When the last ping was sent, or the line was opened. */
  readonly pingedAt: number;
  /** Any message proves life, but only the answer to the ping tells the latency. */
  readonly isAnswered: boolean;
  /** When silence means death, unless something was heard meanwhile; `late` as above. */
  readonly idle: { readonly deadline: number; readonly late: boolean };
  /** When to go on flushing the queue; the socket had enough. */
  readonly flushAt: number;
  readonly closeBy: number;
}

/** No socket, and one is wanted: waiting for the next attempt, or paused until the page or network is back. */
export interface BackoffState extends Common {
  readonly name: 'backoff';
  readonly wait: { readonly retryAt: number } | { readonly paused: PauseReason };
}

/** Asked to end; the closing handshake may still finish. */
export interface ClosingState extends Common {
  readonly name: 'closing';
  /** How long the server's half of the handshake is waited for. */
  readonly closeBy: number;
}

/** Ended, by us, by the server for good, or by giving up. */
export interface ClosedState extends Common {
  readonly name: 'closed';
  readonly outcome: 'disconnected' | 'failed';
}

/** Over. */
export interface DisposedState extends Common {
  readonly name: 'disposed';
}

/** What the machine needs to know of the options. Durations in milliseconds; `Infinity` means never. */
export interface MachineOptions {
  /** `null`: do not reconnect. */
  readonly reconnect: Backoff | null;
  readonly connectTimeout: number;
  readonly closeTimeout: number;
  /** `null`: no heartbeat. */
  readonly heartbeat: { readonly interval: number; readonly timeout: number } | null;
  readonly idleTimeout: number;
  readonly lifecycle: { readonly hiddenAfter: number };
}

/** The world at the moment of an event. */
export interface Env {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  readonly online: boolean;
  readonly hidden: boolean;
  /** When the peer was last heard. */
  readonly heardAt: number;
  readonly options: MachineOptions;
}

export const IDLE: IdleState = {
  name: 'idle',
  memory: {
    lines: 0,
    attempt: 0,
    reason: 'connect',
    reauthenticated: false,
    error: null,
    close: null,
    lostAt: null,
    hiddenAt: Infinity,
  },
};
