import type { TautlineError } from '../errors';
import type { Backoff } from '../machine/backoff';

/**
 * The life of a membership. `transition.test.ts` compares this diagram with the code.
 *
 * ```
 * idle    --> waiting, joining
 * waiting --> joining, left
 * joining --> waiting, joining, joined, backoff, leaving, left, failed
 * joined  --> waiting, joining, backoff, leaving, left
 * backoff --> waiting, joining, left
 * leaving --> waiting, joining, left
 * left    --> waiting, joining
 * failed  --> waiting, joining, left
 * ```
 *
 * `joining`, `joined` and `leaving` hold the topic: at most one membership on a line does. Each join has a
 * ref of its own; what is said to a former one changes nothing.
 */
export type State = RestState | WaitingState | JoiningState | JoinedState | BackoffState | LeavingState;
export type StateName = State['name'];

/** What outlives a state. */
export interface Memory {
  /** Joins in a row that did not last. */
  readonly attempt: number;
  /** It has been joined since it was asked for. */
  readonly wasJoined: boolean;
  /** A fresh authorisation was asked for since the last membership that lasted. */
  readonly reauthorised: boolean;
  readonly error: TautlineError | null;
  readonly recovered: boolean | null;
  readonly reply: unknown;
}

interface Common {
  readonly memory: Memory;
}

/** Not wanted yet; not wanted any more, or ended by the server for good; refused for good. */
export interface RestState extends Common {
  readonly name: 'idle' | 'left' | 'failed';
}

/** Wanted, but the line is down, or another membership holds the topic. */
export interface WaitingState extends Common {
  readonly name: 'waiting';
}

/** Asking for permission, then the server. */
export interface JoiningState extends Common {
  readonly name: 'joining';
  readonly ref: number;
  readonly deadline: number;
}

export interface JoinedState extends Common {
  readonly name: 'joined';
  readonly ref: number;
  readonly joinedAt: number;
}

/** Refused for now, timed out or ended: waiting to ask again. */
export interface BackoffState extends Common {
  readonly name: 'backoff';
  readonly deadline: number;
}

/** Said goodbye, and the topic is not free before the server has heard it. */
export interface LeavingState extends Common {
  readonly name: 'leaving';
  /** Of the goodbye. */
  readonly ref: number;
  readonly deadline: number;
  /** Somebody asked again meanwhile. */
  readonly isWanted: boolean;
}

/** Durations in milliseconds. */
export interface MachineOptions {
  readonly joinTimeout: number;
  /** `null`: never. */
  readonly rejoin: Backoff | null;
}

/** The world at the moment of an event. */
export interface Env {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  /** For the next request; never used before. */
  readonly ref: number;
  /** The line is up, and nobody else holds the topic. */
  readonly isFree: boolean;
  /** The session was asked, and nothing came of it yet: the server may let us in. */
  readonly isAsked: boolean;
  readonly options: MachineOptions;
}

export const FRESH: Memory = {
  attempt: 0,
  wasJoined: false,
  reauthorised: false,
  error: null,
  recovered: null,
  reply: undefined,
};

/** Of all who were let in and have nothing more to remember, since they may be thousands. */
export const LET_IN: Memory = /* @__PURE__ */ Object.assign({}, FRESH, { wasJoined: true }); // a spread is never left out of a bundle

export const IDLE: State = { name: 'idle', memory: FRESH };

/** Whether the topic is taken on the line. */
export const holdsTopic = (state: State): state is JoiningState | JoinedState | LeavingState =>
  state.name === 'joining' || state.name === 'joined' || state.name === 'leaving';

/** The ref of the join that this membership is, or wants to be; 0 without one. */
export const joinRefOf = (state: State): number =>
  state.name === 'joining' || state.name === 'joined' ? state.ref : 0;

/** The ref that an answer must have to count; 0 where none is awaited, and once joined that of the join. */
export const refOf = (state: State): number => (holdsTopic(state) ? state.ref : 0);

/** Nothing is wanted, and nothing runs. */
export const isAtRest = (state: State): boolean =>
  state.name === 'idle' || state.name === 'left' || state.name === 'failed';

/** It was joined, and asks to be let in again: what it missed is not known yet. */
export const isAway = ({ name, memory }: State): boolean => memory.wasJoined && name === 'joining';

/** When the one timer fires that runs in this state, in milliseconds since the epoch; `Infinity`: there is none. */
export const deadlineOf = (state: State): number => ('deadline' in state ? state.deadline : Infinity);
