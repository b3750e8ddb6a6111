import { ConnectionClosedError, TautlineError, type TautlineErrorCode } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import type { CloseInfo, PauseReason } from '../types';
import { NO_CLOSE_FRAME, NOT_CLOSED } from '../wire/closeCodes';
import type { CloseVerdict } from '../wire/closeVerdict';
import { backoffDelay, WAKE_SPREAD } from './backoff';
import type { Effect, MachineEvent } from './events';
import { lineOf, wantsLine } from './lasting';
import type { Env, Memory, OpenState, State } from './state';

export interface Step {
  readonly state: State;
  readonly effect: Effect | undefined;
}

/** A timer that fires this much after its deadline, in milliseconds, was held back: sleep, a throttled tab. */
const LATE = 500;

/** How long a probe waits for an answer at most, in milliseconds. */
const PROBE_TIMEOUT = 2_000;

/** What is true after `event`, and what to do now. Pure: nothing happens here. */
export function transition(state: State, event: MachineEvent, env: Env): Step {
  const stay = go(state);
  if (state.name === 'disposed' || ('line' in event && event.line !== lineOf(state))) return stay;
  const { now, heardAt, options } = env;
  const isActive = wantsLine(state);
  // What the next state remembers; the line counts as lost if it is `open` that is left.
  const memory: Memory = state.name === 'open' ? { ...state.memory, reason: 'retry', lostAt: now } : state.memory;

  // Wishes.
  switch (event.type) {
    case 'connect':
      if (state.name === 'backoff') return attempt({ ...memory, hiddenAt: hiddenSince(env) }, env);
      return isActive ? stay : begin(memory, event.type, env);
    case 'reconnect':
      return begin(memory, event.type, env);
    case 'disconnect': {
      const { code, reason } = event;
      if (state.name !== 'open') return isActive ? end(memory, state.name === 'backoff' ? memory.close : null) : stay;
      const close = { code, reason, wasClean: false }; // until the server's half of the handshake comes
      return go({ name: 'closing', memory: atRest(memory, { close }), closeBy: now + options.closeTimeout }, 'close');
    }
    case 'dispose':
      return go({ name: 'disposed', memory: atRest(memory) });
  }

  if (state.name === 'closing') {
    if (event.type === 'line-closed') return end(memory, event.close);
    if (event.type === 'timer-fired') return end(memory, NOT_CLOSED);
  }

  // What matters wherever a line is wanted.
  if (!isActive) return stay;
  switch (event.type) {
    case 'line-opened':
      if (state.name !== 'connecting') return stay;
      return go(
        {
          name: 'open',
          memory: { ...memory, error: null, close: null, lostAt: null },
          connectedAt: now,
          subprotocol: event.subprotocol,
          latency: null,
          ping: null,
          pingedAt: now,
          isAnswered: true,
          idle: { deadline: now + options.idleTimeout, late: false },
          flushAt: Infinity,
          closeBy: Infinity,
        },
        'flush',
      );
    case 'line-failed':
      return failed(memory, event, env);
    case 'line-closed':
      return failed(memory, { ...event, error: lossOf(state, event.close) }, env);
    case 'line-errored':
      return 'closeBy' in state ? go({ ...state, closeBy: now + options.closeTimeout }) : stay;
    case 'went-online':
    case 'went-offline': {
      const heard = { ...env, online: event.type === 'went-online' }; // the environment may still say what was
      // Without a heartbeat there is nothing to probe with.
      return state.name === 'open' && heard.online && !options.heartbeat
        ? wake(state, memory, heard)
        : nudge(state, 'offline', heard);
    }
    case 'page-hidden':
      return go({ ...state, memory: { ...state.memory, hiddenAt: now } });
    case 'page-shown':
      return nudge({ ...state, memory: { ...state.memory, hiddenAt: Infinity } }, 'hidden', env);
    case 'page-frozen':
      return pause(memory, 'frozen');
    case 'page-resumed': // the browser may have killed the socket and still call it open
      return wake(state, memory, env);
    case 'line-heard': {
      if (state.name !== 'open') return stay;
      const heard = { ...state, ping: null };
      if (!event.isAnswer || state.isAnswered) return go(heard);
      return go({ ...heard, latency: Math.max(0, heardAt - state.pingedAt), isAnswered: true });
    }
    case 'flush-paused':
      return state.name === 'open' ? go({ ...state, flushAt: now + event.delay }) : stay;
  }

  // A timer fired. Each belongs to one state, so that its name says where we are; only `close` has three.
  const heldBack = event.lateBy > LATE;
  switch (event.timer) {
    case 'retry':
      return attempt(memory, env);
    case 'hidden':
      return pause(memory, 'hidden');
    case 'connect': {
      const error = new TautlineError('connect-timeout', `Not connected within ${options.connectTimeout} ms.`);
      return failed(memory, { error, verdict: 'retry' }, env);
    }
    case 'close': // that should have followed an error: the line reports it, with the verdict on it
      return 'closeBy' in state ? go({ ...state, closeBy: Infinity }, 'report') : stay;
  }
  if (state.name !== 'open') return stay;
  switch (event.timer) {
    case 'stable':
      return go({ ...state, memory: { ...state.memory, attempt: 0, reauthenticated: false } });
    case 'flush':
      return go({ ...state, flushAt: Infinity }, 'flush');
    case 'ping':
      if (!state.ping)
        return heldBack
          ? probe(state, env)
          : ping(state, { deadline: now + (options.heartbeat?.timeout ?? 0), late: false }, env);
      // The answer may lie unread behind a timer that was held back: ask once more before condemning.
      return heldBack && !state.ping.late
        ? ping(state, { deadline: now + PROBE_TIMEOUT, late: true }, env)
        : silent(memory, 'heartbeat-timeout', env);
    case 'idle': {
      // The clock may have been set back: what was heard "in the future" was heard now.
      const deadline = Math.min(heardAt, now) + options.idleTimeout;
      if (deadline > now) return go({ ...state, idle: { deadline, late: false } });
      return heldBack && !state.idle.late
        ? go({ ...state, idle: { deadline: now + PROBE_TIMEOUT, late: true } })
        : silent(memory, 'idle-timeout', env);
    }
  }
}

const go = (state: State, effect?: Effect): Step => ({ state, effect });

/** Somebody wants the line: what happened before counts no more. */
function begin(memory: Memory, reason: 'connect' | 'reconnect', env: Env): Step {
  // Who asks to *re*connect knows better than `navigator.onLine`.
  const online = env.online || reason === 'reconnect';
  return attempt(
    { ...memory, attempt: 0, reason, reauthenticated: false, error: null, hiddenAt: hiddenSince(env) },
    { ...env, online },
  );
}

/** Starts the next line, or waits for the network if there is none. */
function attempt(memory: Memory, { now, online, options }: Env): Step {
  if (!online) return pause(memory, 'offline');
  return go({
    name: 'connecting',
    memory: { ...memory, lines: memory.lines + 1 },
    deadline: now + options.connectTimeout,
    closeBy: Infinity,
  });
}

/** What to call it that the socket ended without being asked to. */
function lossOf({ name, memory }: State, { code, reason }: CloseInfo): TautlineError {
  if (name !== 'connecting' || code !== NO_CLOSE_FRAME) return new ConnectionClosedError(code, reason);
  const hint =
    memory.attempt > 1 ? ' Perhaps the server refuses with 401, 403, 429 or 503: a browser does not tell.' : '';
  return new TautlineError('socket-failed', `The socket did not open.${hint}`);
}

function silent(memory: Memory, code: TautlineErrorCode, env: Env): Step {
  return failed(memory, { error: new TautlineError(code, 'The peer is silent.'), verdict: 'replace' }, env);
}

interface Failure {
  readonly error: TautlineError;
  readonly close?: CloseInfo;
  readonly verdict: CloseVerdict | 'replace';
}

/** The attempt failed or the line is lost: retry as the verdict says, or end. */
function failed(before: Memory, { error, close, verdict }: Failure, env: Env): Step {
  const { reconnect } = env.options;
  const memory: Memory = { ...before, attempt: before.attempt + 1, reason: 'retry', error, close: close ?? null };
  const isFinal = !reconnect || verdict === 'stop' || (verdict === 'reauth' && before.reauthenticated);

  if (isFinal || memory.attempt > reconnect.maxAttempts) {
    const gaveUp = isFinal
      ? error
      : new TautlineError('attempts-exhausted', `Gave up after ${before.attempt} retries: ${error.message}`, error);
    const outcome = isFinal && close && close.code !== NO_CLOSE_FRAME ? 'disconnected' : 'failed';
    return go({ name: 'closed', memory: atRest(memory, { attempt: before.attempt, error: gaveUp }), outcome });
  }
  if (verdict === 'reauth') return attempt({ ...memory, reason: 'reauth', reauthenticated: true }, env);
  return retryIn(
    memory,
    Math.min(backoffDelay(reconnect, memory.attempt, memory.close, verdict, env.random), MAX_DELAY),
    env,
  );
}

function retryIn(memory: Memory, delay: number, { now, online }: Env): Step {
  return online ? go({ name: 'backoff', memory, wait: { retryAt: now + delay } }) : pause(memory, 'offline');
}

/** No wait, or no trust in the socket, any more: another one, now or nearly, since others were woken too. */
function wake(state: State, memory: Memory, env: Env): Step {
  if (state.name === 'connecting') return attempt(memory, env);
  const left = state.name === 'backoff' && 'retryAt' in state.wait ? state.wait.retryAt - env.now : Infinity;
  return retryIn(memory, Math.min(left, env.random * WAKE_SPREAD), env);
}

function pause(memory: Memory, paused: PauseReason): Step {
  return go({ name: 'backoff', memory, wait: { paused } });
}

/** Network or page changed: an open line is probed, a wait ends, unless it is paused for another reason than `reason`. */
function nudge(state: State, reason: PauseReason, env: Env): Step {
  if (state.name === 'open' && env.options.heartbeat) return probe(state, env);
  if (
    state.name !== 'backoff' ||
    ('paused' in state.wait && state.wait.paused !== reason && state.wait.paused !== 'offline')
  )
    return go(state);
  return wake(state, state.memory, env);
}

/** Ended because somebody asked. */
function end(memory: Memory, close: CloseInfo | null): Step {
  return go({ name: 'closed', memory: atRest(memory, { close }), outcome: 'disconnected' });
}

/** Who asks while the page is hidden gets as long as if it had just been. */
const hiddenSince = (env: Env): number => (env.hidden ? env.now : Infinity);

const atRest = (memory: Memory, kept?: Partial<Memory>): Memory => ({
  ...memory,
  attempt: 0,
  error: null,
  lostAt: null,
  hiddenAt: Infinity,
  ...kept,
});

function ping(state: OpenState, wait: OpenState['ping'], env: Env): Step {
  return go({ ...state, ping: wait, pingedAt: env.now, isAnswered: false }, 'ping');
}

/** Asks now whether the peer is there; a ping that is out already only gets less time. */
function probe(state: OpenState, env: Env): Step {
  const deadline = env.now + Math.min(env.options.heartbeat?.timeout ?? 0, PROBE_TIMEOUT);
  return state.ping
    ? go({ ...state, ping: { ...state.ping, deadline: Math.min(state.ping.deadline, deadline) } })
    : ping(state, { deadline, late: false }, env);
}
