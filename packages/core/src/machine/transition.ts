import { ConnectionClosedError, TautlineError } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import type { AttemptReason, CloseInfo, PauseReason } from '../types';
import { NO_CLOSE_FRAME, type CloseVerdict } from '../wire/closeCodes';
import { backoffDelay, WAKE_SPREAD } from './backoff';
import type { Effect, MachineEvent } from './events';
import { lineOf } from './lasting';
import type { BackoffState, ConnectingState, Env, Memory, OpenState, State } from './state';

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
  if ('line' in event && event.line !== lineOf(state)) return stay(state);
  if (state.name === 'disposed') return stay(state);
  if (event.type === 'dispose') return go({ name: 'disposed', memory: { ...state.memory, error: null } });

  switch (state.name) {
    case 'idle':
    case 'closed':
      return event.type === 'connect' || event.type === 'reconnect' ? begin(state.memory, event.type, env) : stay(state);
    case 'connecting':
      return whileConnecting(state, event, env);
    case 'open':
      return whileOpen(state, event, env);
    case 'backoff':
      return whileWaiting(state, event, env);
    case 'closing':
      switch (event.type) {
        case 'connect':
        case 'reconnect':
          return begin(state.memory, event.type, env);
        case 'line-closed':
          return end(state.memory, event.close);
        case 'timer-fired':
          return end(state.memory, noCloseFrame);
        default:
          return stay(state);
      }
  }
}

function whileConnecting(state: ConnectingState, event: MachineEvent, env: Env): Step {
  const { memory } = state;
  switch (event.type) {
    case 'reconnect':
      return begin(memory, 'reconnect', env);
    case 'disconnect':
      return end(memory, null);
    case 'line-opened':
      return opened(state, event.subprotocol, env);
    case 'line-failed':
      return failed(memory, { error: event.error, close: null, verdict: event.verdict }, env);
    case 'line-closed':
      return failed(memory, { error: neverOpened(event.close), close: event.close, verdict: event.verdict }, env);
    case 'line-errored':
      return go({ ...state, closeBy: env.now + env.options.closeTimeout });
    case 'timer-fired':
      if (event.timer === 'hidden') return pause(memory, 'hidden');
      if (event.timer === 'close') return failed(memory, { error: neverOpened(noCloseFrame), close: noCloseFrame, verdict: 'retry' }, env);
      return failed(memory, { error: connectTimedOut(env), close: null, verdict: 'retry' }, env);
    case 'page-frozen':
      return pause(memory, 'frozen');
    case 'page-resumed':
      return attempt(memory, env);
    case 'page-hidden':
    case 'page-shown':
      return go({ ...state, memory: seen(memory, event.type, env) });
    default:
      return stay(state);
  }
}

function whileOpen(state: OpenState, event: MachineEvent, env: Env): Step {
  const memory: Memory = { ...state.memory, reason: 'retry', lostAt: env.now }; // for whoever leaves `open`
  switch (event.type) {
    case 'disconnect':
      return closing(state, event, env);
    case 'reconnect':
      return attempt({ ...memory, attempt: 0, reason: 'reconnect' }, env, true);
    case 'line-closed':
      return failed(memory, { error: closedBy(event.close), close: event.close, verdict: event.verdict }, env);
    case 'line-errored':
      return go({ ...state, closeBy: env.now + env.options.closeTimeout });
    case 'line-heard':
      return go({ ...state, ping: null, pingAt: pingAfter(env), latency: event.latency ?? state.latency });
    case 'flush-paused':
      return go({ ...state, flushAt: env.now + event.delay });
    case 'timer-fired':
      return whileOpenTimer(state, event, memory, env);
    case 'went-online':
      return env.options.heartbeat ? probe(state, env) : replace(memory, env);
    case 'went-offline':
      return env.options.heartbeat ? probe(state, env) : stay(state);
    case 'page-hidden':
      return go({ ...state, memory: seen(state.memory, event.type, env) });
    case 'page-shown': {
      const shown: OpenState = { ...state, memory: seen(state.memory, event.type, env) };
      return env.options.heartbeat ? probe(shown, env) : go(shown);
    }
    case 'page-frozen':
      return pause(memory, 'frozen');
    case 'page-resumed':
      return replace(memory, env); // the browser may have killed the socket and still call it open
    default:
      return stay(state);
  }
}

function whileOpenTimer(state: OpenState, event: { timer: string; lateBy: number }, memory: Memory, env: Env): Step {
  const heldBack = event.lateBy > LATE;
  switch (event.timer) {
    case 'ping':
      if (!state.ping) {
        const pingAt = pingAfter(env);
        return pingAt > env.now ? go({ ...state, pingAt }) : ping(state, env.options.heartbeat?.timeout ?? 0, false, env);
      }
      // The answer may lie unread behind a timer that was held back: ask once more before condemning.
      if (heldBack && !state.ping.late) return ping(state, PROBE_TIMEOUT, true, env);
      return failed(memory, { error: silent('heartbeat-timeout', 'answer to the heartbeat'), close: null, verdict: 'replace' }, env);
    case 'idle': {
      const deadline = Math.min(env.heardAt, env.now) + env.options.idleTimeout;
      if (deadline > env.now) return go({ ...state, idle: { deadline, late: false } });
      if (heldBack && !state.idle.late) return go({ ...state, idle: { deadline: env.now + PROBE_TIMEOUT, late: true } });
      return failed(memory, { error: silent('idle-timeout', `message for ${env.options.idleTimeout} ms`), close: null, verdict: 'replace' }, env);
    }
    case 'stable':
      return go({ ...state, memory: { ...state.memory, attempt: 0, reauthenticated: false } });
    case 'flush':
      return go({ ...state, flushAt: null }, [{ type: 'flush-queue' }]);
    case 'close':
      return failed(memory, { error: closedBy(noCloseFrame), close: noCloseFrame, verdict: 'retry' }, env);
    default:
      return pause(memory, 'hidden');
  }
}

function whileWaiting(state: BackoffState, event: MachineEvent, env: Env): Step {
  const { memory, wait } = state;
  const paused = 'paused' in wait ? wait.paused : null;
  switch (event.type) {
    case 'connect':
      return attempt(memory, env);
    case 'reconnect':
      return begin(memory, 'reconnect', env);
    case 'disconnect':
      return end(memory, memory.close);
    case 'timer-fired':
      return event.timer === 'hidden' ? pause(memory, 'hidden') : attempt(memory, env);
    case 'went-online':
      return paused && paused !== 'offline' ? stay(state) : wake(state, memory, env);
    case 'went-offline':
      return paused ? stay(state) : pause(memory, 'offline');
    case 'page-hidden':
      return go({ ...state, memory: seen(memory, event.type, env) });
    case 'page-shown': {
      const shown = seen(memory, event.type, env);
      return paused === 'frozen' ? go({ ...state, memory: shown }) : wake(state, shown, env);
    }
    case 'page-frozen':
      return pause(memory, 'frozen');
    case 'page-resumed':
      return wake(state, memory, env);
    default:
      return stay(state);
  }
}

const stay = (state: State): Step => ({ state, effects: [] });
const go = (state: State, effects: readonly Effect[] = []): Step => ({ state, effects });

/** A wish for the line from somebody: what happened before counts no more. */
function begin(memory: Memory, reason: AttemptReason, env: Env): Step {
  const hiddenAt = env.hidden ? (memory.hiddenAt ?? env.now) : null;
  // Who asks to *re*connect knows better than `navigator.onLine`.
  return attempt({ ...memory, attempt: 0, reason, reauthenticated: false, error: null, hiddenAt }, env, reason === 'reconnect');
}

/** Starts the next line, or waits for the network if there is none. */
function attempt(memory: Memory, env: Env, insist = false): Step {
  if (!env.online && !insist) return pause(memory, 'offline');
  const line = memory.lines + 1;
  return go({ name: 'connecting', memory: { ...memory, lines: line }, line, deadline: env.now + env.options.connectTimeout, closeBy: null });
}

function opened({ memory, line }: ConnectingState, subprotocol: string, env: Env): Step {
  return go(
    {
      name: 'open',
      memory: { ...memory, error: null, close: null, lostAt: null },
      line,
      openedAt: env.now,
      subprotocol,
      latency: null,
      pingAt: env.now + (env.options.heartbeat?.interval ?? 0),
      ping: null,
      idle: { deadline: env.now + env.options.idleTimeout, late: false },
      flushAt: null,
      closeBy: null,
    },
    [{ type: 'flush-queue' }],
  );
}

interface Failure {
  readonly error: TautlineError;
  readonly close: CloseInfo | null;
  readonly verdict: CloseVerdict | 'replace';
}

/** The attempt failed or the line is lost: retry as the verdict says, or end. */
function failed(before: Memory, { error, close, verdict }: Failure, env: Env): Step {
  const { reconnect } = env.options;
  const memory: Memory = { ...before, attempt: before.attempt + 1, reason: 'retry', error, close };

  if (!reconnect || verdict === 'stop' || (verdict === 'reauth' && before.reauthenticated)) {
    const outcome = close && close.code !== NO_CLOSE_FRAME ? 'disconnected' : 'failed';
    return go({ name: 'closed', memory: { ...memory, attempt: before.attempt, lostAt: null }, outcome });
  }
  if (memory.attempt > reconnect.maxAttempts) {
    const gaveUp = new TautlineError(
      'attempts-exhausted',
      `Gave up after ${before.attempt} retries. ${error.message}`,
      `${error.remedy} Then call \`connect()\`, or raise \`reconnect.maxAttempts\`.`,
      error,
    );
    return go({ name: 'closed', memory: { ...memory, attempt: before.attempt, error: gaveUp, lostAt: null }, outcome: 'failed' });
  }
  if (verdict === 'reauth') return attempt({ ...memory, reason: 'reauth', reauthenticated: true }, env);
  if (!env.online) return pause(memory, 'offline');
  const delay = backoffDelay(reconnect, memory.attempt, close, verdict, env.random);
  return go({ name: 'backoff', memory, wait: { retryAt: env.now + Math.min(delay, MAX_DELAY) } });
}

/** Nobody failed, but this socket is not to be trusted: another one, soon. */
function replace(memory: Memory, env: Env): Step {
  return env.online ? go({ name: 'backoff', memory, wait: { retryAt: soon(env) } }) : pause(memory, 'offline');
}

/** The wait has lost its reason: try now, or nearly, since others were woken too. */
function wake({ wait }: BackoffState, memory: Memory, env: Env): Step {
  if (!env.online) return pause(memory, 'offline');
  const retryAt = 'paused' in wait ? soon(env) : Math.min(wait.retryAt, soon(env));
  return go({ name: 'backoff', memory, wait: { retryAt } });
}

function pause(memory: Memory, paused: PauseReason): Step {
  return go({ name: 'backoff', memory, wait: { paused } });
}

/** The closing handshake begins; until the server's half comes, ours is all there is to tell. */
function closing({ memory, line }: OpenState, { code, reason }: { code: number; reason: string }, env: Env): Step {
  const close: CloseInfo = { code, reason, wasClean: false };
  return go({ name: 'closing', memory: { ...atRest(memory), close }, line, deadline: env.now + env.options.closeTimeout }, [
    { type: 'close-line', code, reason },
  ]);
}

/** Ended because somebody asked. */
function end(memory: Memory, close: CloseInfo | null): Step {
  return go({ name: 'closed', memory: { ...atRest(memory), close }, outcome: 'disconnected' });
}

const atRest = (memory: Memory): Memory => ({ ...memory, attempt: 0, error: null, lostAt: null, hiddenAt: null });

function seen(memory: Memory, event: 'page-hidden' | 'page-shown', env: Env): Memory {
  return { ...memory, hiddenAt: event === 'page-hidden' ? env.now : null };
}

function ping(state: OpenState, timeout: number, late: boolean, env: Env): Step {
  return go({ ...state, ping: { deadline: env.now + timeout, late } }, [{ type: 'send-ping' }]);
}

/** Asks now whether the peer is there; a ping that is out already only gets less time. */
function probe(state: OpenState, env: Env): Step {
  const timeout = Math.min(env.options.heartbeat?.timeout ?? 0, PROBE_TIMEOUT);
  if (!state.ping) return ping(state, timeout, false, env);
  return go({ ...state, ping: { ...state.ping, deadline: Math.min(state.ping.deadline, env.now + timeout) } });
}

/** The clock may have been set back: what was heard "in the future" was heard now. */
const pingAfter = (env: Env): number => Math.min(env.heardAt, env.now) + (env.options.heartbeat?.interval ?? 0);
const soon = (env: Env): number => env.now + env.random * WAKE_SPREAD;

const noCloseFrame: CloseInfo = { code: NO_CLOSE_FRAME, reason: '', wasClean: false };
const closedBy = ({ code, reason }: CloseInfo) => new ConnectionClosedError(code, reason);

const neverOpened = (close: CloseInfo): TautlineError =>
  close.code === NO_CLOSE_FRAME
    ? new TautlineError(
        'socket-failed',
        'The socket did not open.',
        'Check the URL and whether the server runs. A server that refuses with 401, 403, 429 or 503 looks the same to a browser: see its log.',
      )
    : closedBy(close);

const connectTimedOut = (env: Env) =>
  new TautlineError(
    'connect-timeout',
    `Not connected within ${env.options.connectTimeout} ms.`,
    'Check providers, server and `handshake`, or raise `connectTimeout`.',
  );

const silent = (code: 'heartbeat-timeout' | 'idle-timeout', missing: string) =>
  new TautlineError(code, `No ${missing}: the line is dead.`, 'Nothing if the network went away; else check that the server answers.');
