import { describe, expect, test } from 'vitest';
import { runningTimers } from '../../test/kit/runningTimers';
import { edgesOfDiagram, renderTable, type Cell } from '../../test/kit/transitionTable';
import { TautlineError } from '../errors';
import type { CloseVerdict } from '../wire/closeVerdict';
import type { MachineEvent } from './events';
import { lineOf, type TimerName } from './lasting';
import { IDLE, type Env, type MachineOptions, type Memory, type OpenState, type State, type StateName } from './state';
import { transition } from './transition';

const NOW = 1_000_000;
const LINE = 7;
const HEARD = NOW - 90_000;
const PINGED = HEARD - 30;

const OPTIONS: MachineOptions = {
  reconnect: {
    initialDelay: 1_000,
    maxDelay: 10_000,
    factor: 2,
    jitter: 'none',
    maxAttempts: Infinity,
    minUptime: 5_000,
  },
  connectTimeout: 20_000,
  closeTimeout: 2_000,
  heartbeat: null,
  idleTimeout: 60_000,
  lifecycle: { hiddenAfter: 30_000 },
};
const HEARTBEAT = { interval: 25_000, timeout: 5_000 };

const ENV: Env = { now: NOW, random: 0.5, online: true, hidden: false, heardAt: HEARD, options: OPTIONS };

const memory: Memory = { ...IDLE.memory, lines: LINE, attempt: 1, reason: 'retry' };
const open: OpenState = {
  name: 'open',
  memory,
  connectedAt: HEARD,
  subprotocol: '',
  latency: null,
  ping: null,
  pingedAt: HEARD,
  isAnswered: true,
  idle: { deadline: NOW, late: false },
  flushAt: NOW,
  closeBy: NOW,
};
const beating: OpenState = { ...open, pingedAt: NOW - HEARTBEAT.interval };

interface Sample {
  readonly state: State;
  readonly heartbeat?: typeof HEARTBEAT;
}

/** Each state, in the variants that matter. */
const STATES: Record<string, Sample> = {
  idle: { state: IDLE },
  connecting: { state: { name: 'connecting', memory, deadline: NOW, closeBy: NOW } },
  'open, without a heartbeat': { state: open },
  'open, with a heartbeat': { state: beating, heartbeat: HEARTBEAT },
  'open, heard since the ping': { state: { ...beating, pingedAt: PINGED, isAnswered: false }, heartbeat: HEARTBEAT },
  'open, a ping is out': {
    state: { ...beating, ping: { deadline: NOW, late: false }, pingedAt: PINGED, isAnswered: false },
    heartbeat: HEARTBEAT,
  },
  'open, a late ping is out': {
    state: {
      ...beating,
      ping: { deadline: NOW, late: true },
      pingedAt: PINGED,
      isAnswered: false,
      idle: { deadline: NOW, late: true },
    },
    heartbeat: HEARTBEAT,
  },
  'backoff, waiting': { state: { name: 'backoff', memory, wait: { retryAt: NOW + 4_000 } } },
  'backoff, paused offline': { state: { name: 'backoff', memory, wait: { paused: 'offline' } } },
  'backoff, paused hidden': { state: { name: 'backoff', memory, wait: { paused: 'hidden' } } },
  'backoff, paused frozen': { state: { name: 'backoff', memory, wait: { paused: 'frozen' } } },
  closing: { state: { name: 'closing', memory, closeBy: NOW } },
  'closed, disconnected': { state: { name: 'closed', memory, outcome: 'disconnected' } },
  'closed, failed': { state: { name: 'closed', memory, outcome: 'failed' } },
  disposed: { state: { name: 'disposed', memory } },
};

const verdicts: CloseVerdict[] = ['retry', 'retry-now', 'slow', 'reauth', 'stop'];
const error = new TautlineError('provider-rejected', 'no');
const close = { code: 4999, reason: '', wasClean: true };
const fired = (timer: TimerName, lateBy: number): MachineEvent => ({ type: 'timer-fired', timer, lateBy });

interface Happening {
  readonly event: MachineEvent;
  readonly env?: Partial<Env>;
  /** Runs only while this timer does. */
  readonly timer?: TimerName;
}
const timers: TimerName[] = ['connect', 'close', 'ping', 'idle', 'stable', 'flush', 'retry', 'hidden'];

/** Each event, in the variants that matter. */
const EVENTS: Record<string, Happening> = {
  connect: { event: { type: 'connect' } },
  'connect, while offline': { event: { type: 'connect' }, env: { online: false } },
  'connect, in a hidden page': { event: { type: 'connect' }, env: { hidden: true } },
  reconnect: { event: { type: 'reconnect' } },
  'reconnect, while offline': { event: { type: 'reconnect' }, env: { online: false } },
  disconnect: { event: { type: 'disconnect', code: 1000, reason: '' } },
  dispose: { event: { type: 'dispose' } },
  'line-opened': { event: { type: 'line-opened', line: LINE, subprotocol: '' } },
  'line-heard: the answer': { event: { type: 'line-heard', line: LINE, isAnswer: true } },
  'line-heard: anything else': { event: { type: 'line-heard', line: LINE, isAnswer: false } },
  'flush-paused': { event: { type: 'flush-paused', delay: 20 } },
  'line-errored': { event: { type: 'line-errored', line: LINE } },
  'line-failed: retry': { event: { type: 'line-failed', line: LINE, error, verdict: 'retry' } },
  'line-failed: stop': { event: { type: 'line-failed', line: LINE, error, verdict: 'stop' } },
  ...Object.fromEntries(
    verdicts.map((verdict) => [
      `line-closed: ${verdict}`,
      { event: { type: 'line-closed', line: LINE, close, verdict } } satisfies Happening,
    ]),
  ),
  'line-closed, while offline': {
    event: { type: 'line-closed', line: LINE, close, verdict: 'retry' },
    env: { online: false },
  },
  'line-closed, of a former line': { event: { type: 'line-closed', line: LINE - 1, close, verdict: 'retry' } },
  'line-opened, of a former line': { event: { type: 'line-opened', line: LINE - 1, subprotocol: '' } },
  ...Object.fromEntries(
    timers.flatMap((timer) => [
      [`timer ${timer}`, { event: fired(timer, 0), timer } satisfies Happening],
      [`timer ${timer}, held back`, { event: fired(timer, 60_000), timer } satisfies Happening],
    ]),
  ),
  'went-online': { event: { type: 'went-online' } },
  'went-offline': { event: { type: 'went-offline' }, env: { online: false } },
  'page-hidden': { event: { type: 'page-hidden' }, env: { hidden: true } },
  'page-shown': { event: { type: 'page-shown' } },
  'page-frozen': { event: { type: 'page-frozen' } },
  'page-resumed': { event: { type: 'page-resumed' } },
};

/** Whether the event can happen here at all: a timer fires only where it runs. */
const canHappen = ({ timer }: Happening, { state }: Sample, options: MachineOptions) =>
  !timer || timer in runningTimers({ ...state, memory: { ...state.memory, hiddenAt: NOW } }, options);

const cells = (): Cell<State>[] =>
  Object.entries(STATES).flatMap(([stateName, sample]) =>
    Object.entries(EVENTS).flatMap(([eventName, happening]) => {
      const options = { ...OPTIONS, heartbeat: sample.heartbeat ?? null };
      if (!canHappen(happening, sample, options)) return [];
      const step = transition(sample.state, happening.event, { ...ENV, ...happening.env, options });
      return [{ stateName, eventName, before: sample.state, after: step.state, orders: step.effect ?? '' }];
    }),
  );

// ---- how a cell reads ----

const fromNow = (time: number) => (time === Infinity ? 'never' : `+${time - NOW}`);

function describeState(before: State, state: State): string {
  switch (state.name) {
    case 'connecting':
      return lineOf(state) === lineOf(before)
        ? `connecting, close by ${fromNow(state.closeBy)}`
        : `connecting, line ${lineOf(state)}, ${state.memory.reason}, attempt ${state.memory.attempt}`;
    case 'open':
      return before.name === 'open' ? `open, ${changesOf(before, state)}` : 'open';
    case 'backoff':
      return 'paused' in state.wait
        ? `backoff, paused ${state.wait.paused}`
        : `backoff, retry ${fromNow(state.wait.retryAt)}, attempt ${state.memory.attempt}`;
    case 'closing':
      return `closing, until ${fromNow(state.closeBy)}`;
    case 'closed':
      return `closed, ${state.outcome}${state.memory.error ? `: ${state.memory.error.code}` : ''}`;
    case 'idle':
    case 'disposed':
      return state.name;
  }
}

function changesOf(before: OpenState, state: OpenState): string {
  const said: string[] = [];
  if (state.ping !== before.ping)
    said.push(
      state.ping ? `pong by ${fromNow(state.ping.deadline)}${state.ping.late ? ' (late)' : ''}` : 'no ping out',
    );
  if (state.pingedAt !== before.pingedAt) said.push(`next ping ${fromNow(state.pingedAt + HEARTBEAT.interval)}`);
  if (state.idle !== before.idle)
    said.push(`silent by ${fromNow(state.idle.deadline)}${state.idle.late ? ' (late)' : ''}`);
  if (state.flushAt !== before.flushAt) said.push(`flush ${fromNow(state.flushAt)}`);
  if (state.closeBy !== before.closeBy) said.push(`close by ${fromNow(state.closeBy)}`);
  if (state.latency !== before.latency) said.push(`latency ${state.latency}`);
  if (state.memory.attempt !== before.memory.attempt) said.push(`attempt ${state.memory.attempt}`);
  if (state.memory.hiddenAt !== before.memory.hiddenAt)
    said.push(state.memory.hiddenAt === Infinity ? 'shown' : `hidden since ${fromNow(state.memory.hiddenAt)}`);
  return said.join(', ') || 'as before';
}

/** An edge is a change of state, of the line, or of what is waited for. */
function isEdge(before: State, state: State): boolean {
  if (before.name !== state.name || lineOf(before) !== lineOf(state)) return true;
  return before.name === 'backoff' && state.name === 'backoff' && before.wait !== state.wait;
}

describe('the table of transitions', () => {
  test('reads like this', async () => {
    await expect(renderTable('The transitions of a connection', cells(), describeState)).toMatchFileSnapshot(
      'transition.table.md',
    );
  });

  test('covers every state, event and timer', () => {
    const stateNames: StateName[] = ['idle', 'connecting', 'open', 'backoff', 'closing', 'closed', 'disposed'];
    expect(new Set(cells().map(({ before }) => before.name))).toEqual(new Set(stateNames));
    for (const timer of timers) expect(cells().some(({ eventName }) => eventName === `timer ${timer}`)).toBe(true);
  });

  test('gives no orders where nothing changes', () => {
    for (const { before, after, orders } of cells()) if (after === before) expect(orders).toBe('');
  });

  test('has exactly the edges of the diagram in state.ts', () => {
    const found = cells().filter(({ before, after }) => isEdge(before, after));
    const edges = new Set(found.map(({ before, after }) => `${before.name} --> ${after.name}`));
    const drawn = edgesOfDiagram(new URL('state.ts', import.meta.url));
    expect(drawn.length).toBeGreaterThan(10);
    expect([...edges].sort()).toEqual(drawn.sort());
  });
});
