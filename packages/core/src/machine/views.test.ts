import { describe, expect, test } from 'vitest';
import { runningTimers } from '../../test/kit/runningTimers';
import { TautlineError } from '../errors';
import { announce } from './announce';
import { wantsLine } from './lasting';
import { IDLE_SNAPSHOT, sameOrNext, snapshotOf } from './snapshot';
import { IDLE, type ClosedState, type MachineOptions, type Memory, type OpenState, type State } from './state';

// What is read off a state: its timers, its snapshot, and what listeners hear between two.

const memory: Memory = { ...IDLE.memory, lines: 3 };
const open: OpenState = {
  name: 'open',
  memory,
  connectedAt: 1_000,
  subprotocol: 'v1',
  latency: null,
  ping: null,
  pingedAt: 1_000,
  isAnswered: true,
  idle: { deadline: 61_000, late: false },
  flushAt: Infinity,
  closeBy: Infinity,
};
const connecting: State = { name: 'connecting', memory, deadline: 20_000, closeBy: Infinity };
const closed: ClosedState = { name: 'closed', memory, outcome: 'disconnected' };

const OPTIONS: MachineOptions = {
  reconnect: { initialDelay: 1_000, maxDelay: 10_000, factor: 2, jitter: 'full', maxAttempts: 9, minUptime: 5_000 },
  connectTimeout: 20_000,
  closeTimeout: 2_000,
  heartbeat: { interval: 25_000, timeout: 5_000 },
  idleTimeout: 60_000,
  lifecycle: { hiddenAfter: 30_000 },
};
const remembering = <S extends State>(state: S, remembered: Partial<Memory>): S => ({
  ...state,
  memory: { ...state.memory, ...remembered },
});

describe('timersOf', () => {
  test('a line that is open pings and listens for silence', () => {
    expect(runningTimers(open, OPTIONS)).toEqual({ ping: 26_000, idle: 61_000 });
  });

  test('a ping that is out has one deadline, not two', () => {
    expect(runningTimers({ ...open, ping: { deadline: 31_000, late: false } }, OPTIONS)).toMatchObject({
      ping: 31_000,
    });
  });

  test('a line that was retried is watched until it is stable', () => {
    expect(runningTimers(remembering(open, { attempt: 2 }), OPTIONS)).toMatchObject({ stable: 6_000 });
    expect(runningTimers(remembering(open, { attempt: 2 }), { ...OPTIONS, reconnect: null })).not.toHaveProperty(
      'stable',
    );
  });

  test('what is hidden is counted wherever a line is wanted, but not while paused', () => {
    const hidden = { hiddenAt: 5_000 };
    expect(runningTimers(remembering(open, hidden), OPTIONS)).toMatchObject({ hidden: 35_000 });
    expect(runningTimers(remembering(connecting, hidden), OPTIONS)).toEqual({ connect: 20_000, hidden: 35_000 });
    expect(runningTimers({ name: 'backoff', memory: { ...memory, ...hidden }, wait: { retryAt: 9 } }, OPTIONS)).toEqual(
      {
        retry: 9,
        hidden: 35_000,
      },
    );
    expect(
      runningTimers({ name: 'backoff', memory: { ...memory, ...hidden }, wait: { paused: 'hidden' } }, OPTIONS),
    ).toEqual({});
  });

  test('a time that is Infinity has no timer', () => {
    const never = { ...open, idle: { deadline: Infinity, late: false } };
    expect(runningTimers(never, { ...OPTIONS, heartbeat: null })).toEqual({});
    expect(runningTimers({ ...connecting, deadline: Infinity }, OPTIONS)).toEqual({});
  });

  test('at rest there is none, and nobody watches the environment', () => {
    for (const state of [IDLE, closed, { name: 'disposed', memory } as const]) {
      expect(runningTimers(remembering(state, { hiddenAt: 1, attempt: 1 }), OPTIONS)).toEqual({});
      expect(wantsLine(state)).toBe(false);
    }
  });
});

describe('snapshotOf', () => {
  const backoff = (reason: Memory['reason'], wait: { retryAt: number } | { paused: 'offline' }): State => ({
    name: 'backoff',
    memory: { ...memory, reason },
    wait,
  });

  test.each<[string, State, object]>([
    ['idle', IDLE, { status: 'idle', readyState: 3 }],
    ['a first attempt', connecting, { status: 'connecting', readyState: 0 }],
    [
      'a later attempt',
      remembering(connecting, { reason: 'retry', attempt: 1 }),
      { status: 'reconnecting', readyState: 0, attempt: 1 },
    ],
    [
      'open',
      { ...open, latency: 30 },
      { status: 'connected', readyState: 1, latency: 30, subprotocol: 'v1', connectedAt: 1_000 },
    ],
    ['waiting', backoff('retry', { retryAt: 9 }), { status: 'reconnecting', readyState: 3, retryAt: 9, paused: null }],
    [
      'paused before the first attempt',
      backoff('connect', { paused: 'offline' }),
      { status: 'connecting', retryAt: null, paused: 'offline' },
    ],
    ['closing', { name: 'closing', memory, closeBy: 1 }, { status: 'disconnected', readyState: 2 }],
    ['disconnected', closed, { status: 'disconnected', readyState: 3 }],
    ['failed', { ...closed, outcome: 'failed' }, { status: 'failed', readyState: 3 }],
    ['disposed', { name: 'disposed', memory }, { status: 'disconnected', readyState: 3 }],
  ])('of %s', (_name, state, expected) => {
    expect(snapshotOf(state)).toMatchObject(expected);
  });

  test('does not show a ping that is out, a slice of the queue, or a late timer', () => {
    const shown = snapshotOf(open);
    const unseen: OpenState = {
      ...open,
      ping: { deadline: 1, late: true },
      pingedAt: 1,
      idle: { deadline: 1, late: true },
      flushAt: 1,
      closeBy: 1,
    };
    expect(sameOrNext(shown, snapshotOf(unseen))).toBe(shown);
  });

  test('is another object for every field that shows', () => {
    for (const [field, value] of Object.entries({
      status: 'failed',
      readyState: 0,
      attempt: 9,
      retryAt: 1,
      latency: 1,
      connectedAt: 1,
    })) {
      const next = { ...IDLE_SNAPSHOT, [field]: value };
      expect(sameOrNext(IDLE_SNAPSHOT, next)).toBe(next);
    }
  });
});

describe('announce', () => {
  const announcementsOf = (before: State, after: State) => {
    const heard: { event: string; detail: unknown }[] = [];
    announce(before, after, { emit: (event, detail) => heard.push({ event, detail }) });
    return heard;
  };
  const error = new TautlineError('idle-timeout', 'silent');
  const close = { code: 1001, reason: '', wasClean: true };
  const names = (before: State, after: State) => announcementsOf(before, after).map(({ event }) => event);
  const waiting: State = { name: 'backoff', memory: { ...memory, error, close, lostAt: 5_000 }, wait: { retryAt: 9 } };

  test('nothing for a step that stays', () => {
    expect(announcementsOf(open, { ...open, latency: 5 })).toEqual([]);
    expect(announcementsOf(waiting, waiting)).toEqual([]);
  });

  test('a first connection', () => {
    expect(announcementsOf(connecting, open)).toEqual([
      { event: 'connected', detail: { subprotocol: 'v1', attempt: 0 } },
    ]);
  });

  test('a loss, and then its error', () => {
    expect(announcementsOf(open, waiting)).toEqual([
      { event: 'disconnected', detail: { close, error, willReconnect: true } },
      { event: 'error', detail: error },
    ]);
  });

  test('an end that will not be undone', () => {
    expect(announcementsOf(open, closed)).toEqual([
      { event: 'disconnected', detail: { close: null, error: null, willReconnect: false } },
    ]);
    expect(names(connecting, closed)).toEqual([]);
  });

  test('a reconnection, and how long the line was down, never less than nothing', () => {
    const trying = remembering(connecting, { lostAt: 400 });
    expect(announcementsOf(trying, open)[1]).toEqual({ event: 'reconnected', detail: { downtime: 600 } });
    expect(announcementsOf(remembering(connecting, { lostAt: 9_000 }), open)[1]).toMatchObject({
      detail: { downtime: 0 },
    });
  });

  test('the same error only once', () => {
    expect(names(waiting, { ...connecting, memory: waiting.memory })).toEqual([]);
    const again = remembering(waiting, { error: new TautlineError('idle-timeout', 'silent') });
    expect(names(waiting, again)).toEqual(['error']);
  });
});
