import { TimeoutError, type TautlineError } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import { backoffDelay } from '../machine/backoff';
import type { CloseVerdict } from '../wire/closeVerdict';
import { FRESH, isAtRest, type Env, type Memory, type State } from './state';

/** What a membership is told: requests are verbs, facts are past. */
export type MemberEvent =
  | { readonly type: 'join' | 'leave' }
  /** The line came up, or the topic became free; the line was lost, and with it every membership. */
  | { readonly type: 'line-freed' | 'line-lost' }
  | { readonly type: 'join-sent'; readonly ref: number }
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

/** What is true after `event`. Pure: nothing happens here. */
export function transition(state: State, event: MemberEvent, env: Env): Step {
  const { memory } = state;
  const stay: Step = { state };
  if ('ref' in event && !('ref' in state && event.ref === state.ref)) return stay; // of a former join or goodbye

  switch (event.type) {
    case 'join':
      if (state.name === 'leaving') return state.isWanted ? stay : { state: { ...state, isWanted: true } };
      return isAtRest(state) ? join(FRESH, env) : stay;
    case 'leave':
      return leave(state, env);

    case 'line-freed':
      return state.name === 'waiting' ? join(memory, env) : stay;
    case 'line-lost':
      if (state.name === 'leaving') return gone(state.isWanted, { ...env, isFree: false });
      if (isAtRest(state) || state.name === 'waiting') return stay;
      return { state: { name: 'waiting', memory: { ...memory, attempt: 0 } } }; // the line has a backoff of its own

    case 'line-gone':
      return isAtRest(state) ? stay : { state: { name: 'left', memory: { ...FRESH, error: event.error } } };

    case 'join-sent':
      return state.name === 'joining' ? { state: { ...state, isSent: true } } : stay;
    case 'replied':
      if (state.name === 'leaving') return gone(state.isWanted, env);
      return state.name === 'joining' ? joined(memory, event, env) : stay;
    case 'refused':
    case 'ended':
      return state.name === 'joining' || (state.name === 'joined' && event.type === 'ended')
        ? failed(state, event.error, event.verdict, env)
        : stay;

    case 'timer-fired':
      if (state.name === 'backoff') return join(memory, env);
      if (state.name === 'leaving') return gone(state.isWanted, env);
      return state.name === 'joining' ? timedOut(state, env) : stay;
  }
}

function join(memory: Memory, { now, ref, isFree, options }: Env): Step {
  if (!isFree) return { state: { name: 'waiting', memory } };
  return { state: { name: 'joining', memory, ref, deadline: now + options.joinTimeout, isSent: false } };
}

function joined(memory: Memory, { ref, payload, recovered }: MemberEvent & { type: 'replied' }, { now }: Env): Step {
  return {
    state: {
      name: 'joined',
      ref,
      joinedAt: now,
      memory: {
        ...memory,
        wasJoined: true,
        error: null,
        recovered: memory.wasJoined ? recovered : null,
        reply: payload,
      },
    },
  };
}

function leave(state: State, { now, ref }: Env): Step {
  switch (state.name) {
    case 'idle':
    case 'left':
      return { state };
    case 'leaving':
      return { state: state.isWanted ? { ...state, isWanted: false } : state };
    case 'joining':
    case 'joined':
      if (state.name === 'joining' && !state.isSent) break; // the server knows nothing of it
      return {
        state: {
          name: 'leaving',
          memory: FRESH,
          ref,
          joinRef: state.ref,
          deadline: now + LEAVE_TIMEOUT,
          isWanted: false,
        },
        goodbye: { ref, joinRef: state.ref },
      };
  }
  return { state: { name: 'left', memory: FRESH } };
}

/** The server has let us go, or does not answer. */
function gone(isWanted: boolean, env: Env): Step {
  return isWanted ? join(FRESH, env) : { state: { name: 'left', memory: FRESH } };
}

/** No answer; but the server may have let us in, so it is told that we are not. */
function timedOut(state: State & { name: 'joining' }, env: Env): Step {
  const step = failed(state, new TimeoutError(env.options.joinTimeout), 'retry', env);
  return state.isSent ? { ...step, goodbye: { ref: env.ref, joinRef: state.ref } } : step;
}

/** Refused or ended: once more as the verdict says, or not. */
function failed(
  state: State & { name: 'joining' | 'joined' },
  error: TautlineError,
  verdict: CloseVerdict,
  env: Env,
): Step {
  const { now, random, options } = env;
  const { rejoin } = options;
  const hasLasted = state.name === 'joined' && !!rejoin && now - state.joinedAt >= rejoin.minUptime;
  const { attempt, reauthorised } = hasLasted ? FRESH : state.memory;
  const isReauth = verdict === 'reauth';
  const memory: Memory = { ...state.memory, error, attempt: attempt + 1, reauthorised: reauthorised || isReauth };
  const isFinal = !rejoin || verdict === 'stop' || (isReauth && reauthorised);

  if (isFinal || memory.attempt > rejoin.maxAttempts) {
    return { state: { name: state.name === 'joined' ? 'left' : 'failed', memory: { ...FRESH, error } } };
  }
  if (isReauth) return join(memory, env);
  const delay = backoffDelay(rejoin, memory.attempt, null, verdict, random);
  return { state: { name: 'backoff', memory, deadline: now + Math.min(delay, MAX_DELAY) } };
}
