import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runningTimers } from '../../test/kit/runningTimers';
import { MAX_DELAY } from '../lib/clock';
import type { CloseVerdict } from '../wire/closeVerdict';
import { TautlineError } from '../errors';
import type { MachineEvent } from './events';
import { lineOf, wantsLine, type TimerName } from './lasting';
import { sameOrNext, snapshotOf } from './snapshot';
import { IDLE, type Env, type MachineOptions, type State } from './state';
import { transition, type Step } from './transition';

const RUNS = 500;

const DEFAULTS: MachineOptions = {
  reconnect: {
    initialDelay: 1_000,
    maxDelay: 10_000,
    factor: 2,
    jitter: 'full',
    maxAttempts: Infinity,
    minUptime: 5_000,
  },
  connectTimeout: 20_000,
  closeTimeout: 2_000,
  heartbeat: null,
  idleTimeout: Infinity,
  lifecycle: { hiddenAfter: Infinity },
};

/** What may happen next; what it means depends on the state it happens in. */
type Move =
  | { readonly do: 'connect' | 'reconnect' | 'disconnect' | 'dispose' }
  | { readonly do: 'open' | 'fail' | 'error' | 'hear' | 'pause-flush' }
  | { readonly do: 'close'; readonly code: number; readonly verdict: CloseVerdict }
  | { readonly do: 'stale'; readonly back: number }
  | { readonly do: 'timer'; readonly lateBy: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'went-online' | 'went-offline' | 'page-hidden' | 'page-shown' | 'page-frozen' | 'page-resumed' };

const verdicts: CloseVerdict[] = ['retry', 'retry-now', 'slow', 'reauth', 'stop'];
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom<Move>({ do: 'connect' }, { do: 'reconnect' }, { do: 'disconnect' }) },
  {
    weight: 8,
    arbitrary: fc.constantFrom<Move>(
      { do: 'open' },
      { do: 'fail' },
      { do: 'error' },
      { do: 'hear' },
      { do: 'pause-flush' },
    ),
  },
  { weight: 1, arbitrary: fc.constant<Move>({ do: 'dispose' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      code: fc.constantFrom(1000, 1006, 4401),
      verdict: fc.constantFrom(...verdicts),
    }),
  },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('stale' as const), back: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 80,
    arbitrary: fc.record({ do: fc.constant('timer' as const), lateBy: fc.constantFrom(-1, 0, 3, 60_000) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: -5_000, max: 60_000 }) }),
  },
  {
    weight: 60,
    arbitrary: fc.constantFrom<Move>(
      { do: 'went-online' },
      { do: 'went-offline' },
      { do: 'page-hidden' },
      { do: 'page-shown' },
      { do: 'page-frozen' },
      { do: 'page-resumed' },
    ),
  },
);

const duration = fc.constantFrom(0, 1, 1_000, 30_000, 2 ** 40, Infinity);
const options: fc.Arbitrary<MachineOptions> = fc.record({
  reconnect: fc.option(
    fc.record({
      initialDelay: duration,
      maxDelay: duration,
      factor: fc.constantFrom(1, 2, 10, Infinity),
      jitter: fc.constantFrom('full' as const, 'none' as const),
      maxAttempts: fc.constantFrom(0, 1, 3, Infinity),
      minUptime: duration,
      delay: fc.constantFrom(
        undefined,
        () => undefined,
        () => NaN,
        () => -1,
        () => Infinity,
        () => 50,
      ),
    }),
  ),
  connectTimeout: fc.constantFrom(1, 20_000, Infinity),
  closeTimeout: fc.constantFrom(1, 2_000, Infinity),
  heartbeat: fc.option(
    fc.record({ interval: fc.constantFrom(1, 25_000, Infinity), timeout: fc.constantFrom(1, 5_000, Infinity) }),
  ),
  idleTimeout: fc.constantFrom(1, 60_000, Infinity),
  lifecycle: fc.record({ hiddenAfter: duration }),
});

/** A machine with a world around it that tells it only what can be true. */
class Rig {
  state: State = IDLE;
  now = 1_000_000;
  heardAt = 0;
  online = true;
  hidden = false;
  random = 0;

  constructor(readonly options: MachineOptions) {}

  env(): Env {
    return {
      now: this.now,
      random: this.random,
      online: this.online,
      hidden: this.hidden,
      heardAt: this.heardAt,
      options: this.options,
    };
  }

  tell(event: MachineEvent): Step {
    const step = transition(this.state, event, this.env());
    this.state = step.state;
    return step;
  }

  timers(): [TimerName, number][] {
    return Object.entries(runningTimers(this.state, this.options)) as [TimerName, number][]; // its keys are timer names
  }

  /** The event of a move, or nothing where it cannot happen. */
  eventOf(move: Move): MachineEvent | undefined {
    const line = lineOf(this.state);
    switch (move.do) {
      case 'connect':
      case 'reconnect':
      case 'dispose':
        return { type: move.do };
      case 'disconnect':
        return { type: 'disconnect', code: 1000, reason: '' };
      case 'open':
        if (this.state.name !== 'connecting') return undefined;
        this.heardAt = this.now;
        return { type: 'line-opened', line, subprotocol: '' };
      case 'fail':
        if (this.state.name !== 'connecting') return undefined;
        return { type: 'line-failed', line, error: new TautlineError('provider-rejected', 'no'), verdict: 'retry' };
      case 'error':
        return line ? { type: 'line-errored', line } : undefined;
      case 'hear':
        if (this.state.name !== 'open') return undefined;
        this.heardAt = this.now;
        return this.state.ping ? { type: 'line-heard', line, isAnswer: true } : undefined;
      case 'pause-flush':
        return this.state.name === 'open' ? { type: 'flush-paused', delay: 20 } : undefined;
      case 'close':
        return line
          ? { type: 'line-closed', line, close: { code: move.code, reason: '', wasClean: true }, verdict: move.verdict }
          : undefined;
      case 'stale': {
        const former = this.state.memory.lines - move.back;
        return former > 0 && former !== line
          ? { type: 'line-closed', line: former, close: { code: 1006, reason: '', wasClean: false }, verdict: 'retry' }
          : undefined;
      }
      case 'timer': {
        const [next] = this.timers().sort((a, b) => a[1] - b[1]);
        if (!next) return undefined;
        this.now = Math.max(this.now, next[1] + move.lateBy);
        return { type: 'timer-fired', timer: next[0], lateBy: this.now - next[1] };
      }
      case 'wait':
        this.now += move.ms; // also backwards: somebody sets the clock
        return undefined;
      case 'went-online':
      case 'went-offline':
        this.online = move.do === 'went-online';
        return { type: move.do };
      case 'page-hidden':
      case 'page-shown':
        this.hidden = move.do === 'page-hidden';
        return { type: move.do };
      case 'page-frozen':
      case 'page-resumed':
        return { type: move.do };
    }
  }
}

type Check = (rig: Rig, before: State, event: MachineEvent, step: Step) => void;

/** Lives many lives and checks each step of them. */
function always(check: Check, given: fc.Arbitrary<MachineOptions> = options): void {
  const life = fc.tuple(
    given,
    fc.array(fc.tuple(move, fc.constantFrom(0, 0.3, 0.999)), { maxLength: 80, size: 'max' }),
  );
  fc.assert(
    fc.property(life, ([chosen, moves]) => {
      const rig = new Rig(chosen);
      for (const [next, random] of moves) {
        rig.random = random;
        const event = rig.eventOf(next);
        if (!event) continue;
        const before = rig.state;
        check(rig, before, event, rig.tell(event));
      }
    }),
    { numRuns: RUNS },
  );
}

describe('in every life of the machine', () => {
  test('there is at most one line, and it is the newest', () => {
    always((_rig, before, _event, { state }) => {
      const line = lineOf(state);
      expect(line === 0 || line === state.memory.lines).toBe(true);
      expect(state.memory.lines - before.memory.lines).toBeLessThanOrEqual(1);
      if (line !== lineOf(before) && line !== 0) expect(line).toBe(before.memory.lines + 1);
    });
  });

  test('a waiting state holds exactly its timer, or a pause', () => {
    always((rig, _before, _event, { state }) => {
      if (state.name !== 'backoff') return;
      const names = rig.timers().map(([name]) => name);
      if ('paused' in state.wait) expect(names).toEqual([]);
      else expect(names.filter((name) => name !== 'hidden')).toEqual(['retry']);
    });
  });

  test('a resting state holds no timer, no line and no ear', () => {
    always((rig, _before, _event, { state }) => {
      if (state.name !== 'idle' && state.name !== 'closed' && state.name !== 'disposed') return;
      expect(rig.timers()).toEqual([]);
      expect(lineOf(state)).toBe(0);
      expect(wantsLine(state)).toBe(false);
      expect(state.memory).toMatchObject({
        attempt: state.name === 'closed' ? expect.any(Number) : 0,
        lostAt: null,
        hiddenAt: Infinity,
      });
    });
  });

  test('what a former line says changes nothing', () => {
    always((rig, before, event, step) => {
      if (!('line' in event) || event.line === lineOf(before)) return;
      expect(step.state).toBe(before);
      expect(step.effect).toBeUndefined();
      expect(rig.state).toBe(before);
    });
  });

  test('after dispose nothing changes anything', () => {
    always((_rig, before, _event, step) => {
      if (before.name === 'disposed') expect(step).toEqual({ state: before });
    }, options);
    expect(
      transition({ name: 'disposed', memory: IDLE.memory }, { type: 'connect' }, new Rig(DEFAULTS).env()).state.name,
    ).toBe('disposed');
  });

  test('attempts and waits are bounded', () => {
    always((rig, before, event, { state }) => {
      const { attempt } = state.memory;
      expect(Number.isInteger(attempt) && attempt >= 0).toBe(true);
      expect(attempt).toBeLessThanOrEqual(rig.options.reconnect?.maxAttempts ?? 0);
      if (state === before || state.name !== 'backoff' || !('retryAt' in state.wait)) return;
      const isNewWait = before.name !== 'backoff' || before.wait !== state.wait;
      const wait = state.wait.retryAt - rig.now;
      if (isNewWait) expect(Math.floor(wait)).toBeLessThanOrEqual(MAX_DELAY); // floored: the sum of a time and a wait is rounded
      if (isNewWait && event.type !== 'page-shown' && event.type !== 'went-online' && event.type !== 'page-resumed')
        expect(wait).toBeGreaterThanOrEqual(0);
    });
  });

  test('every deadline is a moment', () => {
    always((rig) => {
      for (const [, deadline] of rig.timers()) expect(Number.isFinite(deadline)).toBe(true);
    });
  });

  test('nothing ends for ever by default: a live line, a timer or a pause', () => {
    const isEnding = (event: MachineEvent) =>
      event.type === 'disconnect' ||
      event.type === 'dispose' ||
      ('verdict' in event && ['stop', 'reauth'].includes(event.verdict));
    always((rig, before, event, { state }) => {
      if (
        before.name === 'idle' ||
        before.name === 'closing' ||
        before.name === 'closed' ||
        before.name === 'disposed' ||
        isEnding(event)
      )
        return;
      expect(['connecting', 'open', 'backoff']).toContain(state.name);
      const hasPause = state.name === 'backoff' && 'paused' in state.wait;
      expect(rig.timers().length > 0 || hasPause || lineOf(state) > 0).toBe(true);
      expect(wantsLine(state)).toBe(true); // what ends a pause is heard
    }, fc.constant(DEFAULTS));
  });

  test('a pause ends when its reason does', () => {
    const ends = { offline: 'went-online', hidden: 'page-shown', frozen: 'page-resumed' } as const;
    always((rig, _before, _event, { state }) => {
      if (state.name !== 'backoff' || !('paused' in state.wait)) return;
      const { paused } = state.wait;
      const woken = transition(state, { type: ends[paused] }, { ...rig.env(), online: true, hidden: false }).state;
      expect(woken).toMatchObject({ name: 'backoff', wait: { retryAt: expect.any(Number) } });
    });
  });

  test('after disconnect only a wish leads to a line again', () => {
    always((_rig, before, event, { state }) => {
      if (before.name !== 'closing' && before.name !== 'closed') return;
      if (event.type !== 'connect' && event.type !== 'reconnect')
        expect(['closing', 'closed', 'disposed']).toContain(state.name);
    });
  });

  test('offline, no attempt starts but the one that is insisted on', () => {
    always((rig, before, event, { state }) => {
      if (rig.online || event.type === 'reconnect' || lineOf(state) === lineOf(before)) return;
      expect(lineOf(state)).toBe(0);
    });
  });

  test('the snapshot is the same object while nothing it shows changed', () => {
    always((_rig, before, _event, { state }) => {
      const shown = snapshotOf(before);
      expect(sameOrNext(shown, snapshotOf(before))).toBe(shown);
      const next = sameOrNext(shown, snapshotOf(state));
      if (next !== shown) expect(next).not.toEqual(shown);
    });
  });

  test('the snapshot never contradicts itself', () => {
    always((_rig, _before, _event, { state }) => {
      const { status, readyState, retryAt, paused, error, close, connectedAt } = snapshotOf(state);
      expect(retryAt === null || paused === null).toBe(true);
      expect(status === 'connected').toBe(readyState === 1);
      expect(connectedAt !== null).toBe(status === 'connected');
      if (status === 'connected') expect([retryAt, paused, error, close]).toEqual([null, null, null, null]);
      if (status === 'failed') expect(error).toBeInstanceOf(TautlineError);
      if (retryAt !== null || paused !== null) expect(['connecting', 'reconnecting']).toContain(status);
    });
  });
});
