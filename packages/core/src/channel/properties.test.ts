import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameOrNext } from '../machine/snapshot';
import { TautlineError } from '../errors';
import type { CloseVerdict } from '../wire/closeVerdict';
import { channelSnapshotOf } from './snapshot';
import { deadlineOf, holdsTopic, IDLE, isAtRest, joinRefOf, type Env, type MachineOptions, type State } from './state';
import { transition, type MemberEvent, type Step } from './transition';

const verdicts: CloseVerdict[] = ['retry', 'retry-now', 'slow', 'reauth', 'stop'];
const error = new TautlineError('channel-refused', 'no');

/** What happens next. `back` counts refs from the newest: 0 is the one that counts. */
type Move =
  | { readonly do: 'join' | 'leave' | 'line-freed' | 'line-lost' | 'ask' | 'overflow' | 'timer' }
  | { readonly do: 'reply'; readonly back: number }
  | { readonly do: 'refuse'; readonly back: number; readonly verdict: CloseVerdict }
  | { readonly do: 'end'; readonly verdict: CloseVerdict }
  | { readonly do: 'wait'; readonly ms: number };

const back = fc.constantFrom(0, 0, 0, 1, 2);
const verdict = fc.constantFrom(...verdicts);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom<Move>({ do: 'join' }, { do: 'join' }, { do: 'leave' }, { do: 'timer' }),
  fc.constantFrom<Move>(
    { do: 'line-freed' },
    { do: 'line-freed' },
    { do: 'line-lost' },
    { do: 'ask' },
    { do: 'overflow' },
  ),
  fc.record({ do: fc.constant('reply' as const), back }),
  fc.record({ do: fc.constant('refuse' as const), back, verdict }),
  fc.record({ do: fc.constant('end' as const), verdict }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 20_000 }) }),
);

const duration = fc.constantFrom(0, 1, 1_000, 2 ** 40);
const options: fc.Arbitrary<MachineOptions> = fc.record({
  joinTimeout: fc.constantFrom(1, 10_000, Infinity),
  rejoin: fc.option(
    fc.record({
      initialDelay: duration,
      maxDelay: duration,
      factor: fc.constantFrom(1, 2, Infinity),
      jitter: fc.constantFrom('full' as const, 'none' as const),
      maxAttempts: fc.constantFrom(0, 1, 3, Infinity),
      minUptime: duration,
    }),
  ),
});

/** A membership in a world that tells it only what can be true. */
class Rig {
  state: State = IDLE;
  now = 1_000_000;
  isUp = false;
  /** The session was asked for the join that is under way. */
  isAsked = false;
  random = 0;
  ref = 0;

  constructor(readonly options: MachineOptions) {}

  eventOf(move: Move): MemberEvent | undefined {
    const ref = 'ref' in this.state ? this.state.ref : this.ref;
    switch (move.do) {
      case 'join':
      case 'leave':
        return { type: move.do };
      case 'line-freed':
      case 'line-lost':
        this.isUp = move.do === 'line-freed';
        return { type: move.do };
      case 'ask':
        this.isAsked = true;
        return undefined;
      case 'overflow':
        return { type: 'overflowed' };
      case 'timer':
        if (deadlineOf(this.state) === Infinity) return undefined;
        this.now = Math.max(this.now, deadlineOf(this.state));
        return { type: 'timer-fired' };
      case 'reply':
        return { type: 'replied', ref: ref - move.back, payload: this.now, recovered: true };
      case 'refuse':
        return { type: 'refused', ref: ref - move.back, error, verdict: move.verdict };
      case 'end':
        return { type: 'ended', error, verdict: move.verdict };
      case 'wait':
        this.now += move.ms;
        return undefined;
    }
  }

  tell(event: MemberEvent): Step {
    this.ref++;
    const { now, random, ref, isUp: isFree, options: given } = this;
    const env: Env = { now, random, ref, isFree, isAsked: this.isAsked, options: given };
    return transition(this.state, event, env);
  }
}

type Check = (rig: Rig, before: State, event: MemberEvent, step: Step) => void;

/** Lives many lives and checks each step of them. */
function always(check: Check): void {
  const moves = fc.array(fc.tuple(move, fc.constantFrom(0, 0.999)), { maxLength: 80, size: 'max' });
  fc.assert(
    fc.property(options, moves, (given, steps) => {
      const rig = new Rig(given);
      for (const [next, random] of steps) {
        rig.random = random;
        const event = rig.eventOf(next);
        if (!event) continue;
        const before = rig.state;
        const step = rig.tell(event);
        check(rig, before, event, step);
        rig.isAsked &&= joinRefOf(step.state) === joinRefOf(before);
        rig.state = step.state;
      }
    }),
    { numRuns: 500 },
  );
}

describe('in every life of a membership', () => {
  test('a resting or waiting state holds no timer, and every other that can last for ever by itself holds one', () => {
    always((rig, _before, _event, { state }) => {
      if (isAtRest(state) || state.name === 'waiting' || state.name === 'joined') {
        expect(deadlineOf(state)).toBe(Infinity);
      } else if (rig.options.joinTimeout < Infinity || state.name !== 'joining') {
        expect(Number.isFinite(deadlineOf(state))).toBe(true);
      }
    });
  });

  test('what is said to a former join or goodbye changes nothing', () => {
    always((_rig, before, event, step) => {
      if (!('ref' in event) || ('ref' in before && event.ref === before.ref)) return;
      expect(step).toEqual({ state: before });
    });
  });

  test('each join and each goodbye has a ref that was never used before', () => {
    always((rig, before, _event, { state, goodbye }) => {
      if (joinRefOf(state) !== joinRefOf(before) && joinRefOf(state)) expect(joinRefOf(state)).toBe(rig.ref);
      if (goodbye) expect(goodbye).toEqual({ ref: rig.ref, joinRef: joinRefOf(before) });
    });
  });

  test('the topic is held only while the line is up', () => {
    always((rig, _before, event, { state }) => {
      if (event.type === 'line-lost') expect(holdsTopic(state)).toBe(false);
      if (!rig.isUp) expect(joinRefOf(state)).toBe(0);
    });
  });

  test('a goodbye is said whenever the server may think that we are in, and we are not', () => {
    always((rig, before, event, { state, goodbye }) => {
      const mayBeIn = before.name === 'joined' || (before.name === 'joining' && rig.isAsked);
      const isByTheServer = event.type === 'refused' || event.type === 'ended' || event.type === 'line-lost';
      const isOut = joinRefOf(state) !== joinRefOf(before);
      expect(!!goodbye).toBe(mayBeIn && isOut && !isByTheServer);
    });
  });

  test('nothing comes back by itself once it was left, and nothing that is wanted is forgotten', () => {
    const asks = ['joining', 'joined', 'waiting', 'backoff'];
    always((rig, before, event, { state }) => {
      if (isAtRest(before) && event.type !== 'join' && event.type !== 'leave') expect(state).toBe(before);
      if (event.type === 'leave') expect(['idle', 'left', 'leaving']).toContain(state.name);
      const isEnd = 'verdict' in event && (['stop', 'reauth'].includes(event.verdict) || !rig.options.rejoin);
      const isBounded = !rig.options.rejoin || rig.options.rejoin.maxAttempts < Infinity;
      if (asks.includes(before.name) && event.type !== 'leave' && !isEnd && !isBounded)
        expect(asks).toContain(state.name);
    });
  });

  test('attempts are bounded', () => {
    always((rig, _before, _event, { state }) => {
      expect(state.memory.attempt).toBeLessThanOrEqual(rig.options.rejoin?.maxAttempts ?? 0);
    });
  });

  test('only a membership that came back says whether it recovered', () => {
    always((_rig, before, _event, { state }) => {
      if (state.name !== 'joined' || before.name === 'joined') return;
      expect(state.memory.recovered).toBe(before.memory.wasJoined ? true : null);
      expect(state.memory.error).toBeNull();
    });
  });

  test('the snapshot is the same object while nothing it shows changed, and says why where it ended', () => {
    always((_rig, before, event, { state }) => {
      const shown = channelSnapshotOf(before, []);
      expect(sameOrNext(shown, channelSnapshotOf(before, shown.presence))).toBe(shown);
      const next = channelSnapshotOf(state, shown.presence);
      if (next.status === 'failed') expect(next.error).toBeInstanceOf(TautlineError);
      if (event.type === 'leave' && before.name !== 'left') expect(next.error).toBeNull();
    });
  });
});
