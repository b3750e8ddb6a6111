import { ConnectionClosedError, TautlineError, type TautlineErrorCode } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import type { CloseInfo, PauseReason } from '../types';
import { NO_CLOSE_FRAME, NOT_CLOSED } from '../wire/closeCodes';
import type { CloseVerdict } from '../wire/closeVerdict';
import { backoffDelay, WAKE_SPREAD } from './backoff';
import type { Effect, MachineEvent } from './events';
import { lineOf, watchesEnvironment, type TimerName } from './lasting';
import type { Env, Memory, OpenState, State } from './state';

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A timer that fires this much after its deadline, in milliseconds, was held back: sleep, a throttled tab. */
const LATE = 500;

/** How long a probe waits for an answer at most, in milliseconds. */
const PROBE_TIMEOUT = 2_000;

/** What is true after `event`, and what to do now. Pure: nothing happens here. */
export function transition(state: State, event: MachineEvent, env: Env): Step {
  const { now, options } = env;
  if (state.name === 'disposed' || ('line' in event && event.line !== lineOf(state))) return go(state);
  const open = state.name === 'open' ? state : null;
  const waiting = state.name === 'backoff' ? state : null;
  const isActive = watchesEnvironment(state);
  // What the next state remembers; the line counts as lost if it is `open` that is left.
  const memory: Memory = open ? { ...open.memory, reason: 'retry', lostAt: now } : state.memory;

  switch (event.type) {
    case 'connect':
      if (waiting) return attempt({ ...memory, hiddenAt: hiddenSince(env) }, env);
      return isActive ? go(state) : begin(memory, event.type, env);
    case 'reconnect':
      return begin(memory, event.type, env);
    case 'disconnect': {
      const { code, reason } = event;
      if (!open) return isActive ? end(memory, waiting ? memory.close : null) : go(state);
      const close = { code, reason, wasClean: false }; // until the server's half of the handshake comes
      return go(
        {
          name: 'closing',
          memory: { ...atRest(memory), close },
          line: open.line,
          deadline: now + options.closeTimeout,
        },
        'close-line',
      );
    }
    case 'dispose':
      return go({ name: 'disposed', memory: atRest(memory) });

    case 'line-opened':
      if (state.name !== 'connecting') return go(state);
      return opened(memory, event.line, event.subprotocol, env);
    case 'line-heard':
      return open ? go({ ...open, ping: null, latency: event.latency ?? open.latency }) : go(state);
    case 'flush-paused':
      return open ? go({ ...open, flushAt: now + event.delay }) : go(state);
    case 'line-errored':
      return state.name === 'open' || state.name === 'connecting'
        ? go({ ...state, closeBy: now + options.closeTimeout })
        : go(state);
    case 'line-failed':
      return isActive ? failed(memory, event.error, null, event.verdict, env) : go(state);
    case 'line-closed':
      return isActive ? closed(state, memory, event.close, event.verdict, env) : end(memory, event.close);
    case 'timer-fired':
      return timerFired(state, memory, event.timer, event.lateBy > LATE, env);

    case 'went-online':
    case 'went-offline': {
      const heard = { ...env, online: event.type === 'went-online' }; // the environment may still say what was
      // Without a heartbeat there is nothing to probe with.
      return open && heard.online && !options.heartbeat ? wake(state, memory, heard) : nudge(state, 'offline', heard);
    }
    case 'page-hidden':
    case 'page-shown': {
      if (!isActive) return go(state);
      const hiddenAt = event.type === 'page-hidden' ? now : null;
      const seen = { ...state, memory: { ...state.memory, hiddenAt } };
      return hiddenAt === null ? nudge(seen, 'hidden', env) : go(seen);
    }
    case 'page-frozen':
      return isActive ? pause(memory, 'frozen') : go(state);
    case 'page-resumed': // the browser may have killed the socket and still call it open
      return isActive ? wake(state, memory, env) : go(state);
  }
}

/** Each timer belongs to one state, so that its name says where we are; only `close` has three. */
function timerFired(state: State, memory: Memory, timer: TimerName, heldBack: boolean, env: Env): Step {
  const { now, heardAt, options } = env;
  if (timer === 'retry') return attempt(memory, env);
  if (timer === 'hidden') return pause(memory, 'hidden');
  if (timer === 'connect')
    return failed(
      memory,
      new TautlineError('connect-timeout', `Not connected within ${options.connectTimeout} ms.`),
      null,
      'retry',
      env,
    );
  if (timer === 'close') {
    if (state.name === 'closing') return end(memory, NOT_CLOSED);
    // The close that should have followed an error: the line reports it, with the verdict on it.
    return state.name === 'open' || state.name === 'connecting'
      ? go({ ...state, closeBy: null }, 'report-close')
      : go(state);
  }
  if (state.name !== 'open') return go(state);
  switch (timer) {
    case 'stable':
      return go({ ...state, memory: { ...state.memory, attempt: 0, reauthenticated: false } });
    case 'flush':
      return go({ ...state, flushAt: null }, 'flush-queue');
    case 'ping':
      if (!state.ping) return heldBack ? probe(state, env) : ping(state, options.heartbeat?.timeout, false, env);
      // The answer may lie unread behind a timer that was held back: ask once more before condemning.
      return heldBack && !state.ping.late
        ? ping(state, PROBE_TIMEOUT, true, env)
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

const go = (state: State, ...effects: Effect[]): Step => ({ state, effects });

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
  const line = memory.lines + 1;
  return go({
    name: 'connecting',
    memory: { ...memory, lines: line },
    line,
    deadline: now + options.connectTimeout,
    closeBy: null,
  });
}

function opened(memory: Memory, line: number, subprotocol: string, env: Env): Step {
  const { now, options } = env;
  const state: OpenState = {
    name: 'open',
    memory: { ...memory, error: null, close: null, lostAt: null },
    line,
    openedAt: now,
    subprotocol,
    latency: null,
    pingAt: nextPing(env),
    ping: null,
    idle: { deadline: now + options.idleTimeout, late: false },
    flushAt: null,
    closeBy: null,
  };
  return go(state, 'flush-queue');
}

/** The socket ended without being asked to. */
function closed(state: State, memory: Memory, close: CloseInfo, verdict: CloseVerdict, env: Env): Step {
  const neverOpened = state.name === 'connecting' && close.code === NO_CLOSE_FRAME;
  const hint =
    memory.attempt > 1 ? ' Perhaps the server refuses with 401, 403, 429 or 503: a browser does not tell.' : '';
  const error = neverOpened
    ? new TautlineError('socket-failed', `The socket did not open.${hint}`)
    : new ConnectionClosedError(close.code, close.reason);
  return failed(memory, error, close, verdict, env);
}

function silent(memory: Memory, code: TautlineErrorCode, env: Env): Step {
  return failed(memory, new TautlineError(code, 'The peer is silent.'), null, 'replace', env);
}

/** The attempt failed or the line is lost: retry as the verdict says, or end. */
function failed(
  before: Memory,
  error: TautlineError,
  close: CloseInfo | null,
  verdict: CloseVerdict | 'replace',
  env: Env,
): Step {
  const { reconnect } = env.options;
  const memory: Memory = { ...before, attempt: before.attempt + 1, reason: 'retry', error, close };
  const isFinal = !reconnect || verdict === 'stop' || (verdict === 'reauth' && before.reauthenticated);

  if (isFinal || memory.attempt > reconnect.maxAttempts) {
    const gaveUp = isFinal
      ? error
      : new TautlineError('attempts-exhausted', `Gave up after ${before.attempt} retries: ${error.message}`, error);
    const outcome = isFinal && close && close.code !== NO_CLOSE_FRAME ? 'disconnected' : 'failed';
    return go({ name: 'closed', memory: { ...atRest(memory), attempt: before.attempt, error: gaveUp }, outcome });
  }
  if (verdict === 'reauth') return attempt({ ...memory, reason: 'reauth', reauthenticated: true }, env);
  return retryIn(memory, Math.min(backoffDelay(reconnect, memory.attempt, close, verdict, env.random), MAX_DELAY), env);
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
  return go({ name: 'closed', memory: { ...atRest(memory), close }, outcome: 'disconnected' });
}

/** Who asks while the page is hidden gets as long as if it had just been. */
const hiddenSince = (env: Env): number | null => (env.hidden ? env.now : null);

const atRest = (memory: Memory): Memory => ({ ...memory, attempt: 0, error: null, lostAt: null, hiddenAt: null });

function ping(state: OpenState, timeout = 0, late: boolean, env: Env): Step {
  return go({ ...state, ping: { deadline: env.now + timeout, late }, pingAt: nextPing(env) }, 'send-ping');
}

/** Asks now whether the peer is there; a ping that is out already only gets less time. */
function probe(state: OpenState, env: Env): Step {
  const timeout = Math.min(env.options.heartbeat?.timeout ?? 0, PROBE_TIMEOUT);
  if (!state.ping) return ping(state, timeout, false, env);
  return go({ ...state, ping: { ...state.ping, deadline: Math.min(state.ping.deadline, env.now + timeout) } });
}

const nextPing = ({ now, options }: Env): number => now + (options.heartbeat?.interval ?? Infinity);
