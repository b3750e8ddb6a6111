import { TautlineError } from '../../../packages/core/src/errors';
import type { MachineEvent } from '../../../packages/core/src/machine/events';
import { lineOf, timersOf, type TimerName } from '../../../packages/core/src/machine/lasting';
import { IDLE, type Env, type MachineOptions, type Memory, type State } from '../../../packages/core/src/machine/state';
import { transition } from '../../../packages/core/src/machine/transition';
import type { CloseVerdict } from '../../../packages/core/src/wire/closeVerdict';
import { brokenRules } from './connectionRules';
import type { Explored } from './explore';

/** A connection's machine at a moment that is always the same: all its times are told from there. */
export interface Situation {
  readonly state: State;
  readonly online: boolean;
  readonly hidden: boolean;
}

/** Something happens, perhaps after some time, which may have been slept through. */
export interface Happening {
  readonly event: MachineEvent | null;
  readonly after: number;
  /** For how long nothing was heard by then. */
  readonly silence: number;
}

const NOW = 1_000_000;
const LINE = 5;

/** Time passes in steps of this length, in milliseconds; all durations are multiples of it. */
const TICK = 1_000;

/** More than the machine calls late. */
const LATE = TICK;

const VERDICTS: readonly CloseVerdict[] = ['retry', 'retry-now', 'slow', 'reauth', 'stop'];
const ERROR = new TautlineError('provider-rejected', 'no');
const CLOSE = { code: 4_999, reason: '', wasClean: true };

export function connectionMachine(options: MachineOptions): Explored<Situation, Happening> {
  return {
    start: { state: { ...IDLE, memory: { ...IDLE.memory, lines: LINE } }, online: true, hidden: false },
    keyOf,
    eventsIn: (situation) => [...now(situation), ...later(situation, options)],
    after(before, { event, after, silence }) {
      const env: Env = {
        now: NOW + after,
        random: 0,
        heardAt: NOW + after - silence,
        options,
        ...worldAfter(before, event),
      };
      const step = event ? transition(before.state, event, env) : { state: before.state, effect: undefined };
      const next = { state: fromNow(step.state, env), online: env.online, hidden: env.hidden };
      return { next, broken: event ? brokenRules({ before: before.state, event, step, env }) : [] };
    },
  };
}

function worldAfter({ online, hidden }: Situation, event: MachineEvent | null) {
  switch (event?.type) {
    case 'went-online':
    case 'went-offline':
      return { online: event.type === 'went-online', hidden };
    case 'page-hidden':
    case 'page-shown':
      return { online, hidden: event.type === 'page-hidden' };
    default:
      return { online, hidden };
  }
}

/** What can happen at once, whatever runs. */
function now({ state }: Situation): Happening[] {
  const events: MachineEvent[] = [
    ...(['connect', 'reconnect', 'dispose'] as const).map((type) => ({ type })),
    { type: 'disconnect', code: 1_000, reason: '' },
    ...(['went-online', 'went-offline'] as const).map((type) => ({ type })),
    ...(['page-hidden', 'page-shown', 'page-frozen', 'page-resumed'] as const).map((type) => ({ type })),
    { type: 'flush-paused', delay: 0 },
    ...linesEvents(LINE - 1),
    ...(lineOf(state) ? linesEvents(LINE) : []),
  ];
  return events.map((event) => ({ event, after: 0, silence: 0 }));
}

/** All that a line can say. */
function linesEvents(line: number): MachineEvent[] {
  return [
    { type: 'line-opened', line, subprotocol: '' },
    { type: 'line-errored', line },
    { type: 'line-heard', line, isAnswer: true },
    { type: 'line-heard', line, isAnswer: false },
    ...VERDICTS.flatMap((verdict): MachineEvent[] => [
      { type: 'line-failed', line, error: ERROR, verdict },
      { type: 'line-closed', line, close: CLOSE, verdict },
    ]),
  ];
}

/** The next timers fire, in time or late, after a silence or not; or less time passes and nothing happens. */
function later({ state }: Situation, options: MachineOptions): Happening[] {
  const timers = Object.entries(timersOf(state, options)) as [TimerName, number][]; // its keys
  const next = Math.min(...timers.map(([, deadline]) => deadline)) - NOW;
  if (next === Infinity) return [];
  const fired = timers
    .filter(([, deadline]) => deadline - NOW === next)
    .flatMap(([timer]) =>
      [0, LATE].flatMap((lateBy) =>
        (timer === 'idle' ? [0, 60_000] : [0]).map((silence) => ({
          event: { type: 'timer-fired', timer, lateBy } as const,
          after: Math.max(0, next) + lateBy,
          silence,
        })),
      ),
    );
  return next > TICK ? [...fired, { event: null, after: TICK, silence: 0 }] : fired;
}

/**
 * The same situation, told from the moment that is always the same, without what makes no difference: for how long
 * something is overdue (an event says how late it is), which error it was, when the line was lost.
 */
function fromNow(state: State, { now: moment, options: { reconnect, lifecycle, heartbeat } }: Env): State {
  const at = (time: number) => (time === Infinity ? time : NOW + Math.max(0, time - moment));
  const since = (time: number, enough: number) => NOW - Math.min(Math.max(0, moment - time), enough);
  const { hiddenAt, lostAt, error, close, reason } = state.memory;
  const enough = lifecycle.hiddenAfter < Infinity ? lifecycle.hiddenAfter : 0;
  const memory: Memory = {
    ...state.memory,
    lines: LINE,
    reason: reason === 'connect' ? reason : 'retry',
    error: error && ERROR,
    close: close && CLOSE,
    lostAt: lostAt === null ? null : NOW,
    hiddenAt: hiddenAt === Infinity ? hiddenAt : since(hiddenAt, enough),
  };
  switch (state.name) {
    case 'connecting':
      return { ...state, memory, deadline: at(state.deadline), closeBy: at(state.closeBy) };
    case 'closing':
      return { ...state, memory, closeBy: at(state.closeBy) };
    case 'backoff':
      return { ...state, memory, wait: 'retryAt' in state.wait ? { retryAt: at(state.wait.retryAt) } : state.wait };
    case 'open':
      return {
        ...state,
        memory,
        connectedAt: since(state.connectedAt, reconnect?.minUptime ?? 0),
        latency: null,
        ping: state.ping && { ...state.ping, deadline: at(state.ping.deadline) },
        pingedAt: since(state.pingedAt, heartbeat?.interval ?? 0),
        idle: { ...state.idle, deadline: at(state.idle.deadline) },
        flushAt: at(state.flushAt),
        closeBy: at(state.closeBy),
      };
    default:
      return { ...state, memory };
  }
}

const keyOf = ({ state, online, hidden }: Situation): string =>
  JSON.stringify([state, online, hidden], (name, value: unknown) => {
    if (name === 'error' || name === 'close') return value !== null;
    return value === Infinity ? 'never' : value;
  });
