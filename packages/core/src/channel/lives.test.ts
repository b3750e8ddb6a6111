import { describe, expect, test } from 'vitest';
import { ChannelError, TautlineError } from '../errors';
import type { Backoff } from '../machine/backoff';
import type { CloseVerdict } from '../wire/closeVerdict';
import { deadlineOf, holdsTopic, IDLE, isAtRest, joinRefOf, refOf, type Env, type State } from './state';
import { transition, type MemberEvent, type Step } from './transition';

// What the table of transitions does not show: what is remembered from one membership to the next.

const REJOIN: Backoff = {
  initialDelay: 1_000,
  maxDelay: 10_000,
  factor: 2,
  jitter: 'none',
  maxAttempts: Infinity,
  minUptime: 5_000,
};

/** One life of a membership, event by event; the session is asked for each join at once. */
class Life {
  state: State = IDLE;
  goodbye: Step['goodbye'];
  env: Env;

  constructor(rejoin: Backoff | null = REJOIN) {
    this.env = {
      now: 1_000_000,
      random: 0.5,
      ref: 0,
      isFree: true,
      isAsked: true,
      options: { joinTimeout: 10_000, rejoin },
    };
  }

  tell(event: MemberEvent): State {
    this.env = { ...this.env, ref: this.env.ref + 1 };
    ({ state: this.state, goodbye: this.goodbye } = transition(this.state, event, this.env));
    return this.state;
  }

  wait(ms: number): this {
    this.env = { ...this.env, now: this.env.now + ms };
    return this;
  }

  lose(): State {
    this.env = { ...this.env, isFree: false };
    return this.tell({ type: 'line-lost' });
  }

  free(): State {
    this.env = { ...this.env, isFree: true };
    return this.tell({ type: 'line-freed' });
  }

  ask = () => this.tell({ type: 'join' });
  accept = (recovered = false) => this.tell({ type: 'replied', ref: refOf(this.state), payload: 'welcome', recovered });
  refuse = (verdict: CloseVerdict) =>
    this.tell({ type: 'refused', ref: refOf(this.state), error: new ChannelError('channel-refused', 'no'), verdict });
  end = (verdict: CloseVerdict) =>
    this.tell({ type: 'ended', error: new ChannelError('channel-ended', 'over'), verdict });
  leave = () => this.tell({ type: 'leave' });
  fire = () => this.tell({ type: 'timer-fired' });

  /** How long until the next join, in milliseconds; 0 if it is under way. */
  get delay(): number {
    return this.state.name === 'joining' ? 0 : deadlineOf(this.state) - this.env.now;
  }
}

const joined = (rejoin?: Backoff | null) => {
  const life = new Life(rejoin);
  life.ask();
  life.accept();
  return life;
};

describe('a fresh authorisation', () => {
  test('is asked for at once, and once', () => {
    const life = new Life();
    life.ask();
    expect(life.refuse('reauth')).toMatchObject({ name: 'joining' });
    expect(life.refuse('reauth')).toMatchObject({ name: 'failed', memory: { error: { code: 'channel-refused' } } });
  });

  test('is still granted after refusals of another kind', () => {
    const life = new Life();
    life.ask();
    life.refuse('retry');
    life.fire();
    expect(life.refuse('reauth')).toMatchObject({ name: 'joining' });
  });

  test('is not granted again because of a refusal of another kind in between', () => {
    const life = new Life();
    life.ask();
    life.refuse('reauth');
    life.refuse('retry');
    life.fire();
    expect(life.refuse('reauth')).toMatchObject({ name: 'failed' });
  });

  const membershipOf = (uptime: number) => {
    const life = new Life();
    life.ask();
    life.refuse('reauth');
    life.accept();
    return life.wait(uptime);
  };

  test('is granted again once a membership has lasted, and not if it ended soon', () => {
    expect(membershipOf(4_999).end('reauth')).toMatchObject({ name: 'left' });
    expect(membershipOf(5_000).end('reauth')).toMatchObject({ name: 'joining' });
  });

  test('is granted again on another line if the membership had lasted on the one before', () => {
    for (const [uptime, then] of [
      [4_999, 'failed'],
      [5_000, 'joining'],
    ] as const) {
      const life = membershipOf(uptime);
      life.lose();
      life.free();
      expect(life.refuse('reauth')).toMatchObject({ name: then });
    }
  });

  test('is granted again to whoever asks anew', () => {
    const life = new Life();
    life.ask();
    life.refuse('reauth');
    life.refuse('reauth');
    life.ask();
    expect(life.refuse('reauth')).toMatchObject({ name: 'joining' });
  });
});

describe('the wait before another join', () => {
  test('grows with each that did not last, and starts over after one that did', () => {
    const life = new Life();
    life.ask();
    const delays = ['refuse', 'refuse', 'accept', 'accept'].map((answer, index) => {
      if (answer === 'refuse') life.refuse('retry');
      else {
        life.accept();
        life.wait(index === 2 ? 4_999 : 5_000).end('retry');
      }
      const { delay } = life;
      life.wait(delay).fire();
      return delay;
    });
    expect(delays).toEqual([1_000, 2_000, 4_000, 1_000]);
  });

  test('goes on growing with another line, which is asked at once', () => {
    const life = new Life();
    life.ask();
    const delays = [1, 2, 3].map(() => {
      life.refuse('retry');
      const { delay } = life;
      life.lose();
      expect(life.free()).toMatchObject({ name: 'joining' });
      return delay;
    });
    expect(delays).toEqual([1_000, 2_000, 4_000]);
  });

  test('starts over when a line is lost on which the membership has lasted', () => {
    const life = new Life();
    life.ask();
    for (const uptime of [4_999, 5_000]) {
      life.refuse('retry');
      life.fire();
      life.accept();
      life.wait(uptime).lose();
      life.free();
    }
    life.refuse('retry');
    expect(life.delay).toBe(1_000);
  });

  test('after no answer at all is that of a refusal for now', () => {
    const life = new Life();
    life.ask();
    expect(life.fire()).toMatchObject({ name: 'backoff', memory: { error: { code: 'timeout' } } });
    expect(life.delay).toBe(1_000);
  });
});

describe('maxAttempts', () => {
  test('allows so many more joins, then it has failed', () => {
    const life = new Life({ ...REJOIN, maxAttempts: 2 });
    life.ask();
    for (let retry = 0; retry < 2; retry++) {
      expect(life.refuse('retry')).toMatchObject({ name: 'backoff' });
      life.fire();
    }
    expect(life.refuse('retry')).toMatchObject({ name: 'failed', memory: { error: { code: 'channel-refused' } } });
  });

  test('counts joins on lines that do not last', () => {
    const life = new Life({ ...REJOIN, maxAttempts: 2 });
    life.ask();
    for (let line = 0; line < 2; line++) {
      expect(life.refuse('retry')).toMatchObject({ name: 'backoff' });
      life.lose();
      life.free();
    }
    expect(life.refuse('retry')).toMatchObject({ name: 'failed' });
  });

  test('of 0 allows none, and the membership that ended is left', () => {
    expect(joined({ ...REJOIN, maxAttempts: 0 }).end('retry')).toMatchObject({ name: 'left' });
  });

  test('does not matter where nothing is retried: what ended is left and says why', () => {
    expect(joined(null).wait(60_000).end('retry')).toMatchObject({
      name: 'left',
      memory: { error: { code: 'channel-ended' }, wasJoined: false },
    });
  });
});

describe('a membership', () => {
  test('says whether it recovered once it is not the first', () => {
    const life = joined();
    expect(life.state.memory).toMatchObject({ recovered: null, reply: 'welcome' });
    for (const recovered of [true, false]) {
      life.lose();
      life.free();
      expect(life.accept(recovered).memory).toMatchObject({ recovered });
    }
  });

  test('that is left and asked for again is a first one', () => {
    const life = joined();
    life.leave();
    life.accept();
    expect(life.state).toEqual({ name: 'left', memory: IDLE.memory });
    life.ask();
    expect(life.accept(true).memory.recovered).toBeNull();
  });

  test('that ended for good keeps its reason when it is left, until it is asked for again', () => {
    const life = joined();
    const over = life.end('stop');
    expect(life.leave()).toBe(over);
    expect(life.ask().memory.error).toBeNull();
  });

  test('that was refused for good is at rest without its error once it is left', () => {
    const life = new Life();
    life.ask();
    life.refuse('stop');
    expect(life.leave()).toMatchObject({ name: 'left', memory: { error: null } });
  });

  test('on a line that will not come back is left with the error of the line', () => {
    const error = new TautlineError('reconnect-stopped', 'signed out');
    const life = joined();
    life.lose();
    expect(life.tell({ type: 'line-gone', error })).toMatchObject({ name: 'left', memory: { error } });
  });

  test('that was wanted again while it was left waits for the next line when this one is lost', () => {
    const life = joined();
    life.leave();
    life.ask();
    expect(life.lose()).toMatchObject({ name: 'waiting', memory: { attempt: 0, wasJoined: false } });
    expect(life.free()).toMatchObject({ name: 'joining' });
  });
});

describe('the topic', () => {
  test('is held from the join to the end of the goodbye, each with a ref of its own', () => {
    const life = new Life();
    const seen = [life.state, life.ask(), life.accept(), life.leave(), life.accept()].map((state) => [
      state.name,
      holdsTopic(state),
      isAtRest(state),
      joinRefOf(state),
      refOf(state),
    ]);
    expect(seen).toEqual([
      ['idle', false, true, 0, 0],
      ['joining', true, false, 1, 1],
      ['joined', true, false, 1, 1],
      ['leaving', true, false, 0, 3],
      ['left', false, true, 0, 0],
    ]);
  });

  test('is given back with a goodbye when a join that was sent is not answered in time', () => {
    const life = new Life();
    life.ask();
    life.fire();
    expect(life.goodbye).toEqual({ ref: life.env.ref, joinRef: 1 });
    expect([life.state.name, holdsTopic(life.state)]).toEqual(['backoff', false]);
  });

  test('is given back without a word when the server was never asked', () => {
    for (const end of ['leave', 'fire'] as const) {
      const life = new Life();
      life.ask();
      life.env = { ...life.env, isAsked: false };
      life[end]();
      expect(life.goodbye).toBeUndefined();
      expect(holdsTopic(life.state)).toBe(false);
    }
  });
});
