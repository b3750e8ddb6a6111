import { describe, expect, test } from 'vitest';
import { ConnectionClosedError, TautlineError } from '../errors';
import type { CloseVerdict } from '../wire/closeVerdict';
import type { Backoff } from './backoff';
import type { Effect, MachineEvent } from './events';
import { lineOf, timersOf } from './lasting';
import { IDLE, type Env, type MachineOptions, type State } from './state';
import { transition } from './transition';

// What the table of transitions does not show: what is remembered from one state to the next.

const BACKOFF: Backoff = {
  initialDelay: 1_000,
  maxDelay: 10_000,
  factor: 2,
  jitter: 'none',
  maxAttempts: Infinity,
  minUptime: 5_000,
};
const OPTIONS: MachineOptions = {
  reconnect: BACKOFF,
  connectTimeout: 20_000,
  closeTimeout: 2_000,
  heartbeat: null,
  idleTimeout: Infinity,
  lifecycle: { hiddenAfter: Infinity },
};

const codeOf = ({ memory: { error } }: State) => error?.code;

/** One life of the machine, event by event. */
class Life {
  state: State = IDLE;
  effect: Effect | undefined;
  env: Env;

  constructor(options: Partial<MachineOptions> = {}) {
    this.env = {
      now: 1_000_000,
      random: 0.5,
      online: true,
      hidden: false,
      heardAt: 0,
      options: { ...OPTIONS, ...options },
    };
  }

  tell(event: MachineEvent): State {
    ({ state: this.state, effect: this.effect } = transition(this.state, event, this.env));
    return this.state;
  }

  wait(ms: number): this {
    this.env = { ...this.env, now: this.env.now + ms };
    return this;
  }

  hear(): this {
    this.env = { ...this.env, heardAt: this.env.now };
    return this;
  }

  ask = () => this.tell({ type: 'connect' });
  open = () => this.hear().tell({ type: 'line-opened', line: lineOf(this.state), subprotocol: '' });
  fail = (verdict: CloseVerdict = 'retry') =>
    this.tell({
      type: 'line-failed',
      line: lineOf(this.state),
      error: new TautlineError('provider-rejected', 'no'),
      verdict,
    });
  close = (code: number, verdict: CloseVerdict = 'retry') =>
    this.tell({
      type: 'line-closed',
      line: lineOf(this.state),
      close: { code, reason: 'because', wasClean: true },
      verdict,
    });
  retry = () => this.tell({ type: 'timer-fired', timer: 'retry', lateBy: 0 });
  idle = (lateBy = 0) => this.tell({ type: 'timer-fired', timer: 'idle', lateBy });
  disconnect = () => this.tell({ type: 'disconnect', code: 3_000, reason: 'enough' });
}

describe('an error', () => {
  test('of a line that was open says with which code it closed', () => {
    for (const code of [1000, 1006, 4000]) {
      const life = new Life();
      life.ask();
      life.open();
      expect(life.close(code).memory.error).toMatchObject({ closeCode: code, reason: 'because' });
    }
  });

  test('of an attempt is that the socket did not open, unless the server gave a code', () => {
    const life = new Life();
    life.ask();
    expect(codeOf(life.close(1006))).toBe('socket-failed');
    life.retry();
    expect(life.close(4000).memory.error).toBeInstanceOf(ConnectionClosedError);
  });

  test('hints at a refused handshake once attempts in a row did not open, and not before', () => {
    const life = new Life();
    life.ask();
    const hints = Array.from({ length: 4 }, () => {
      const { error } = life.close(1006).memory;
      life.retry();
      return error?.message.includes('401, 403, 429 or 503');
    });
    expect(hints).toEqual([false, false, true, true]);
  });

  test('is over once a line is open, or somebody asks anew', () => {
    const life = new Life();
    life.ask();
    life.fail();
    life.retry();
    expect(codeOf(life.state)).toBe('provider-rejected');
    expect(life.open().memory).toMatchObject({ error: null, close: null });
    life.close(4000, 'stop');
    expect(codeOf(life.state)).toBe('connection-closed');
    expect(codeOf(life.ask())).toBeUndefined();
  });

  test('that ends it all is told as it is; only who ran out of retries hears that', () => {
    const given = new Life();
    given.ask();
    expect(codeOf(given.fail('stop'))).toBe('provider-rejected');
    const spent = new Life({ reconnect: { ...BACKOFF, maxAttempts: 1 } });
    spent.ask();
    spent.fail();
    spent.retry();
    expect(spent.fail().memory.error).toMatchObject({
      code: 'attempts-exhausted',
      cause: { code: 'provider-rejected' },
    });
    expect(spent.state).toMatchObject({ name: 'closed', outcome: 'failed' });
  });
});

describe('a close', () => {
  test('by the server is remembered by who disconnects while waiting, and is no concern of an attempt', () => {
    const life = new Life();
    life.ask();
    life.close(1011);
    expect(life.disconnect().memory.close).toMatchObject({ code: 1011 });
    const trying = new Life();
    trying.ask();
    trying.close(1011);
    trying.retry();
    expect(trying.disconnect().memory.close).toBeNull();
  });

  test('that we ask for is ours and not clean, until the server has answered it', () => {
    const life = new Life();
    life.ask();
    life.open();
    expect(life.disconnect().memory.close).toEqual({ code: 3_000, reason: 'enough', wasClean: false });
    expect(life.close(3_000).memory.close).toEqual({ code: 3_000, reason: 'because', wasClean: true });
  });

  test('that never comes is called 1006', () => {
    const life = new Life();
    life.ask();
    life.open();
    life.disconnect();
    life.tell({ type: 'timer-fired', timer: 'close', lateBy: 0 });
    expect(life.state).toMatchObject({ name: 'closed', outcome: 'disconnected', memory: { close: { code: 1006 } } });
  });

  test('is not remembered by a failure that had none', () => {
    const life = new Life();
    life.ask();
    life.close(1011);
    life.retry();
    expect(life.fail().memory.close).toBeNull();
  });
});

describe('what an attempt is made for', () => {
  test('is told to providers: a wish, a retry, new credentials', () => {
    const life = new Life();
    const reasons = [
      life.ask(),
      life.fail(),
      life.retry(),
      life.close(4401, 'reauth'),
      life.tell({ type: 'reconnect' }),
    ].map(({ memory: { reason } }) => reason);
    expect(reasons).toEqual(['connect', 'retry', 'retry', 'reauth', 'reconnect']);
  });

  test('is a retry wherever a line was given up that was open', () => {
    for (const fact of ['page-resumed', 'went-online'] as const) {
      const life = new Life();
      life.ask();
      life.open();
      life.tell({ type: fact });
      expect(life.retry()).toMatchObject({ name: 'connecting', memory: { reason: 'retry' } });
    }
  });

  test('new credentials are asked for once, and once more by whoever asks for a line', () => {
    for (const wish of ['connect', 'reconnect'] as const) {
      const life = new Life();
      life.ask();
      expect(life.close(4401, 'reauth')).toMatchObject({ name: 'connecting' });
      expect(life.close(4401, 'reauth')).toMatchObject({ name: 'closed' });
      life.tell({ type: wish });
      expect(life.close(4401, 'reauth')).toMatchObject({ name: 'connecting' });
    }
  });

  test('downtime counts from the loss, not from the last attempt', () => {
    const life = new Life();
    life.ask();
    life.open();
    const lostAt = life.wait(7_000).env.now;
    life.close(1011);
    life.wait(1_000).retry();
    life.wait(1_000).fail();
    expect(life.wait(2_000).retry().memory.lostAt).toBe(lostAt);
    expect(life.open().memory.lostAt).toBeNull();
  });
});

describe('coming back', () => {
  test('does not put off a retry that is due sooner', () => {
    for (const fact of ['went-online', 'page-shown', 'page-resumed'] as const) {
      const life = new Life({ reconnect: { ...BACKOFF, initialDelay: 40 } });
      life.ask();
      life.fail();
      expect(life.wait(30).tell({ type: fact })).toMatchObject({ wait: { retryAt: life.env.now + 10 } });
    }
  });

  test('probes a line that is open, and only that', () => {
    const life = new Life({ heartbeat: { interval: 25_000, timeout: 5_000 } });
    life.ask();
    for (const fact of ['went-online', 'page-shown'] as const) {
      expect([life.tell({ type: fact }).name, life.effect]).toEqual(['connecting', undefined]);
    }
    life.fail();
    expect([life.tell({ type: 'went-online' }).name, life.effect]).toEqual(['backoff', undefined]);
    life.retry();
    life.open();
    expect([life.tell({ type: 'went-online' }).name, life.effect]).toEqual(['open', 'ping']);
  });
});

describe('a line that must not be silent for half a minute', () => {
  const listening = () => {
    const life = new Life({ idleTimeout: 30_000 });
    life.ask();
    life.open();
    return life;
  };

  test('is dead after exactly that', () => {
    expect(codeOf(listening().wait(30_000).idle())).toBe('idle-timeout');
  });

  test('gets a moment more after each sleep, since its messages may lie unread', () => {
    const life = listening();
    life.wait(20_000).hear();
    expect(timersOf(life.wait(10_000).idle(), life.env.options).idle).toBe(life.env.now + 20_000);
    expect(life.wait(3_600_000).idle(3_580_000)).toMatchObject({ name: 'open' });
    life.wait(1_000).hear();
    expect(life.wait(1_000).idle()).toMatchObject({ name: 'open' });
    expect(life.wait(3_600_000).idle(3_570_000)).toMatchObject({ name: 'open' });
    expect(codeOf(life.wait(2_000).idle())).toBe('idle-timeout');
  });
});
