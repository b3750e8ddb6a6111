import { TautlineError, TimeoutError } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import { backoffDelay } from '../machine/backoff';
import { sameOrNext } from '../machine/snapshot';
import type { CloseVerdict } from '../wire/closeVerdict';
import { FRESH, isAtRest, joinRefOf, LET_IN, refOf, type Env, type Memory, type State } from './state';

/** What a membership is told: requests are verbs, facts are past. */
export type MemberEvent =
  | { readonly type: 'join' | 'leave' }
  /** The line came up, or the topic became free; the line was lost, and with it every membership. */
  | { readonly type: 'line-freed' | 'line-lost' }
  /** More came before the answer to the join than is kept for it. */
  | { readonly type: 'overflowed' }
  | { readonly type: 'replied'; readonly ref: number; readonly payload: unknown; readonly recovered: boolean }
  | { readonly type: 'refused'; readonly ref: number; readonly error: TautlineError; readonly verdict: CloseVerdict }
  /** There will be no line again. */
  | { readonly type: 'line-gone'; readonly error: TautlineError }
  /** The server ended the membership. */
  | { readonly type: 'ended'; readonly error: TautlineError; readonly verdict: CloseVerdict }
  | { readonly type: 'timer-fired' };

export interface Step {
  readonly state: State;
  /** The membership that the server is to be told is over, if any; nobody waits for its answer unless the state is `leaving`. */
  readonly goodbye?: { readonly ref: number; readonly joinRef: number };
}

/** How long the server gets to answer a goodbye, in milliseconds. */
const LEAVE_TIMEOUT = 2_000;

/** What makes us go without the server knowing of it. */
const OURS = ['leave', 'overflowed', 'timer-fired'];

/** What ends a goodbye. Who refuses to let us go does not know us. */
const LETS_GO = ['line-lost', 'replied', 'refused', 'timer-fired'];

/** What is true after `event`, and whom it tells. Pure: nothing happens here. */
export function transition(before: State, event: MemberEvent, env: Env): Step {
  const state = next(before, event, env);
  const joinRef = joinRefOf(before);
  const isOut = joinRef && joinRefOf(state) !== joinRef && (before.name === 'joined' || env.isAsked);
  return isOut && OURS.includes(event.type) ? { state, goodbye: { ref: env.ref, joinRef } } : { state };
}

function next(state: State, event: MemberEvent, env: Env): State {
  const { memory } = state;
  if ('ref' in event && event.ref !== refOf(state)) return state; // of a former join or goodbye
  if (state.name === 'leaving' && LETS_GO.includes(event.type)) {
    return state.isWanted ? join(FRESH, env) : { name: 'left', memory: FRESH };
  }

  switch (event.type) {
    case 'join':
      if (state.name === 'leaving') return state.isWanted ? state : { ...state, isWanted: true };
      return isAtRest(state) ? join(FRESH, env) : state;
    case 'leave':
      return leave(state, env);

    case 'line-freed':
      return state.name === 'waiting' ? join(memory, env) : state;
    case 'line-lost':
      return isAtRest(state) || state.name === 'waiting' ? state : { name: 'waiting', memory: afterwards(state, env) };
    case 'line-gone':
      return isAtRest(state) ? state : { name: 'left', memory: { ...FRESH, error: event.error } };

    case 'replied':
      return state.name === 'joining' ? joined(memory, event, env) : state;
    case 'refused':
      return state.name === 'joining' ? failed(state, event, env) : state;
    case 'ended':
      return state.name === 'joining' || state.name === 'joined' ? failed(state, event, env) : state;

    case 'overflowed':
      return state.name === 'joining'
        ? failed(state, { error: new TautlineError('buffer-overflow', 'Too many events before the answer.') }, env)
        : state;
    case 'timer-fired':
      if (state.name === 'backoff') return join(memory, env);
      return state.name === 'joining'
        ? failed(state, { error: new TimeoutError(env.options.joinTimeout) }, env)
        : state;
  }
}

const join = (memory: Memory, { now, ref, isFree, options }: Env): State =>
  isFree ? { name: 'joining', memory, ref, deadline: now + options.joinTimeout } : { name: 'waiting', memory };

const joined = (
  memory: Memory,
  { ref, payload, recovered }: MemberEvent & { type: 'replied' },
  { now }: Env,
): State => ({
  name: 'joined',
  ref,
  joinedAt: now,
  memory: sameOrNext(LET_IN, {
    ...memory,
    wasJoined: true,
    error: null,
    recovered: memory.wasJoined ? recovered : null,
    reply: payload,
  }),
});

function leave(state: State, { now, ref, isAsked }: Env): State {
  switch (state.name) {
    case 'idle':
    case 'left':
      return state;
    case 'leaving':
      return state.isWanted ? { ...state, isWanted: false } : state;
    case 'joining':
    case 'joined':
      if (state.name === 'joining' && !isAsked) break; // the server knows nothing of it
      return { name: 'leaving', memory: FRESH, ref, deadline: now + LEAVE_TIMEOUT, isWanted: false };
  }
  return { name: 'left', memory: FRESH };
}

/** What is remembered when a state is over: a membership that has lasted starts over. */
function afterwards(state: State, { now, options: { rejoin } }: Env): Memory {
  const { memory } = state;
  const hasLasted = state.name === 'joined' && !!rejoin && now - state.joinedAt >= rejoin.minUptime;
  return hasLasted ? { ...memory, attempt: 0, reauthorised: false } : memory;
}

/** Refused, not answered or ended: once more as the verdict says, or not. */
function failed(
  state: State & { name: 'joining' | 'joined' },
  { error, verdict = 'retry' }: { readonly error: TautlineError; readonly verdict?: CloseVerdict },
  env: Env,
): State {
  const { now, random, options } = env;
  const { rejoin } = options;
  const before = afterwards(state, env);
  const { attempt, reauthorised } = before;
  const isReauth = verdict === 'reauth';
  const memory: Memory = { ...before, error, attempt: attempt + 1, reauthorised: reauthorised || isReauth };
  const isFinal = !rejoin || verdict === 'stop' || (isReauth && reauthorised);

  if (isFinal || memory.attempt > rejoin.maxAttempts) {
    return { name: state.name === 'joined' ? 'left' : 'failed', memory: { ...FRESH, error } };
  }
  if (isReauth) return join(memory, env);
  const delay = backoffDelay(rejoin, memory.attempt, null, verdict, random);
  return { name: 'backoff', memory, deadline: now + Math.min(delay, MAX_DELAY) };
}
