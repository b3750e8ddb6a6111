import { describe, expect, test, vi } from 'vitest';
import { ConnectionClosedError, InvalidOptionError, StopReconnecting, TautlineError } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { fakeProtocol } from './kit/fakeProtocol';
import { stage, URL_OF_STAGE, type Stage } from './kit/stage';

/** How long the connection waits before its next attempt. */
const waitOf = <In, Out>({ connection, environment }: Stage<In, Out>) =>
  (connection.getSnapshot().retryAt ?? NaN) - environment.time;

/** Fails attempts in a row; returns the waits. */
function waitsOf<In, Out>(on: Stage<In, Out>, attempts: number, code = 1006): number[] {
  on.connection.connect();
  return Array.from({ length: attempts }, () => {
    on.socket().end(code);
    const wait = waitOf(on);
    on.environment.advance(wait);
    return wait;
  });
}

describe('full jitter', () => {
  test('waits a random part of a bound that doubles up to maxDelay, the first retry included', () => {
    const on = stage();
    on.environment.chance = 0.999;
    expect(waitsOf(on, 6).map((wait) => Math.round(wait / 0.999))).toEqual([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
  });

  test('may wait next to nothing', () => {
    const on = stage();
    on.environment.chance = 0;
    expect(waitsOf(on, 3)).toEqual([0, 0, 0]);
  });

  test('spreads a herd of 1,000 evenly over the bound: at most 140 in any tenth of it', () => {
    const herd = Array.from({ length: 1_000 }, (_, index) => {
      const on = stage();
      on.environment.chance = (index * 0.6180339887) % 1; // evenly spread, and the same in each run
      return waitsOf(on, 1)[0] ?? NaN;
    });
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = herd.filter((wait) => wait >= tenth * 100 && wait < (tenth + 1) * 100);
      expect(inside.length).toBeGreaterThan(60);
      expect(inside.length).toBeLessThan(140);
    }
  });

  test('brings 1,000 clients back after half a minute: at most 40 in any 100 ms, 99 % within 10 s', () => {
    let seed = 1;
    const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647; // Lehmer's generator: the same in each run
    const outage = 30_000;
    const backAfter = Array.from({ length: 1_000 }, () => {
      const on = stage();
      const lost = on.environment.time;
      on.connection.connect();
      while (on.environment.time < lost + outage) {
        on.environment.chance = chance();
        on.socket().end(1006);
        on.environment.advance(waitOf(on));
      }
      return on.environment.time - lost - outage;
    }).sort((a, b) => a - b);
    const crowd = Math.max(
      ...backAfter.map((start) => backAfter.filter((time) => time >= start && time < start + 100).length),
    );
    expect(crowd).toBeLessThanOrEqual(40);
    expect(backAfter[989]).toBeLessThanOrEqual(10_000);
  });

  test('can be turned off, and every number changed', () => {
    const on = stage({ reconnect: { jitter: 'none', initialDelay: 100, factor: 3, maxDelay: 1_000 } });
    expect(waitsOf(on, 4)).toEqual([100, 300, 900, 1_000]);
  });
});

describe('the wait', () => {
  test('can be chosen, knowing the attempt and the close', () => {
    const delay = vi.fn((attempt: number) => attempt * 7);
    const on = stage({ reconnect: { delay } });
    expect(waitsOf(on, 2, 1011)).toEqual([7, 14]);
    expect(delay.mock.calls).toEqual([
      [1, { code: 1011, reason: '', wasClean: true }],
      [2, { code: 1011, reason: '', wasClean: true }],
    ]);
  });

  test.each([undefined, -1, NaN])('is left to the options where delay returns %s', (chosen) => {
    expect(waitsOf(stage({ reconnect: { delay: () => chosen } }), 1)).toEqual([500]);
  });

  test('is left to the options where delay throws', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const delay = () => {
      throw new Error('no idea');
    };
    expect(waitsOf(stage({ reconnect: { delay } }), 1)).toEqual([500]);
    expect(report).toHaveBeenCalled();
    report.mockRestore();
  });

  test('stays 0 with an initialDelay of 0, however long the outage: 0 times Infinity is not a number', () => {
    const on = stage({ reconnect: { initialDelay: 0 } });
    expect(new Set(waitsOf(on, 1_100))).toEqual(new Set([0]));
    expect(on.connection.getSnapshot()).toMatchObject({ readyState: 0, attempt: 1_100 });
  });
});

describe('minUptime', () => {
  test('must pass before the count of attempts starts over', () => {
    const on = stage();
    waitsOf(on, 3);
    on.socket().accept();
    on.environment.advance(4_999);
    expect(on.connection.getSnapshot().attempt).toBe(3);
    on.socket().end(1006);
    expect(on.connection.getSnapshot().attempt).toBe(4);
    on.environment.advance(10_000);
    on.socket().accept();
    on.environment.advance(5_000);
    expect(on.connection.getSnapshot()).toMatchObject({ status: 'connected', attempt: 0 });
    on.socket().end(1006);
    expect(on.connection.getSnapshot().attempt).toBe(1);
  });
});

describe('close codes', () => {
  test.each([1000, 1001, 1005, 1006, 1011, 1014, 3000, 4000, 4999])('%i is retried with backoff', (code) => {
    const on = stage();
    on.up().end(code);
    expect(on.status()).toBe('reconnecting');
    expect(waitOf(on)).toBe(500);
  });

  test.each([1002, 1003, 1007, 1008, 1009, 1010, 4400, 4403, 4404])('%i is final', (code) => {
    const { up, connection, environment } = stage();
    up().end(code, 'why');
    expect(connection.getSnapshot()).toMatchObject({
      status: 'disconnected',
      close: { code, reason: 'why' },
      error: { code: 'connection-closed', closeCode: code, reason: 'why' },
    });
    expect(environment.timers).toEqual([]);
  });

  test('1012 is retried with the short wait of a first retry, however many came before', () => {
    const on = stage();
    waitsOf(on, 5);
    on.socket().end(1012);
    expect(waitOf(on)).toBe(500);
  });

  test.each([1013, 4429])('%i waits in the upper half of maxDelay at once', (code) => {
    const waits = [0, 0.5, 0.999].map((chance) => {
      const on = stage();
      on.environment.chance = chance;
      on.up().end(code);
      return Math.round(waitOf(on));
    });
    expect(waits).toEqual([5_000, 7_500, 9_995]);
  });

  test('the table can be overridden, code by code', () => {
    const { up, status, connection } = stage({ closeCodes: { 1000: 'stop', 4404: 'retry' } });
    up().end(1000);
    expect(status()).toBe('disconnected');
    connection.connect();
    up().end(4404);
    expect(status()).toBe('reconnecting');
    up().end(4403);
    expect(status()).toBe('disconnected');
  });

  test('options given beside a protocol win over its codes, which win over the table', async () => {
    const channels = fakeProtocol({
      closeVerdict: ({ code }) => (code >= 3500 && code < 4000 ? 'stop' : undefined),
    });
    const codes = { 3501: 'retry' } as const;
    const statusAfter = async (code: number) => {
      const { up, status } = stage({ channels, closeCodes: codes });
      const socket = up();
      await microtasks();
      socket.end(code);
      return status();
    };
    expect(await Promise.all([3500, 3501, 4404].map(statusAfter))).toEqual([
      'disconnected',
      'reconnecting',
      'disconnected',
    ]);
  });

  test('shouldReconnect has the last word, knowing close, attempt and verdict', () => {
    const shouldReconnect = vi.fn(({ code }: { code: number }) => code === 4404);
    const { up, status } = stage({ shouldReconnect });
    up().end(4404, 'gone');
    expect(status()).toBe('reconnecting');
    up().end(1006);
    expect(status()).toBe('failed');
    expect(shouldReconnect.mock.calls).toEqual([
      [
        { code: 4404, reason: 'gone', wasClean: true },
        { attempt: 0, verdict: 'stop' },
      ],
      [
        { code: 1006, reason: '', wasClean: false },
        { attempt: 1, verdict: 'retry' },
      ],
    ]);
  });

  test('shouldReconnect that throws leaves it to the table', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { up, status } = stage({
      shouldReconnect() {
        throw new Error('no idea');
      },
    });
    up().end(1006);
    expect(status()).toBe('reconnecting');
    report.mockRestore();
  });
});

describe('reauth', () => {
  test('asks the providers again at once, and is final the second time', () => {
    const reasons: unknown[] = [];
    const { up, status, socket, sockets, connection } = stage({
      url: ({ reason, attempt }) => {
        reasons.push([reason, attempt]);
        return URL_OF_STAGE;
      },
    });
    up().end(4401, 'expired');
    expect(sockets).toHaveLength(2);
    expect(status()).toBe('reconnecting');
    expect(reasons).toEqual([
      ['connect', 0],
      ['reauth', 1],
    ]);
    socket().accept();
    socket().end(4401, 'expired');
    expect(connection.getSnapshot()).toMatchObject({ status: 'disconnected', close: { code: 4401 }, retryAt: null });
  });

  test('is granted again after the line was up for minUptime', () => {
    const { up, sockets, socket, environment, status } = stage();
    up().end(4401);
    socket().accept();
    environment.advance(5_000);
    socket().end(4401);
    expect(sockets).toHaveLength(3);
    expect(status()).toBe('reconnecting');
  });

  test('is granted again after connect', () => {
    const { up, socket, connection, status } = stage();
    up().end(4401);
    socket().end(4401);
    expect(status()).toBe('disconnected');
    connection.connect();
    socket().end(4401);
    expect(status()).toBe('reconnecting');
  });
});

describe('maxAttempts', () => {
  test('ends in failed, with the last failure as cause, and connect starts again', () => {
    const on = stage({ reconnect: { maxAttempts: 2 } });
    waitsOf(on, 2);
    on.socket().end(1006);
    const { status, error, attempt, retryAt } = on.connection.getSnapshot();
    expect({ status, attempt, retryAt }).toEqual({ status: 'failed', attempt: 2, retryAt: null });
    expect(error).toMatchObject({ code: 'attempts-exhausted', cause: { code: 'socket-failed' } });
    expect(on.environment.timers).toEqual([]);
    on.connection.connect();
    expect(on.connection.getSnapshot()).toMatchObject({ status: 'connecting', attempt: 0, error: null });
  });

  test('of 0 allows no retry, but a first attempt', () => {
    const { connection, socket, status } = stage({ reconnect: { maxAttempts: 0 } });
    connection.connect();
    socket().end(1006);
    expect(status()).toBe('failed');
  });

  test('reconnect: false ends with the failure itself', () => {
    const { up, connection } = stage({ reconnect: false });
    up().end(1001, 'going away');
    expect(connection.getSnapshot()).toMatchObject({ status: 'disconnected', error: { closeCode: 1001 } });
  });
});

describe('the first connect', () => {
  test('is retried like any other, and says that it never opened', () => {
    const on = stage();
    waitsOf(on, 2);
    on.socket().end(1006);
    const { error, status } = on.connection.getSnapshot();
    expect(status).toBe('reconnecting');
    expect(error?.code).toBe('socket-failed');
    expect(error?.message).toContain('401, 403, 429 or 503');
    on.environment.advance(10_000);
    on.socket().accept();
    expect(on.heardOf('reconnected')).toEqual([]);
    expect(on.heardOf('connected')).toEqual([{ subprotocol: '', attempt: 3 }]);
  });
});

describe('connectTimeout', () => {
  test('covers a socket that never opens', () => {
    const { connection, environment, socket } = stage();
    connection.connect();
    environment.advance(19_999);
    expect(connection.getSnapshot().status).toBe('connecting');
    environment.advance(1);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', error: { code: 'connect-timeout' } });
    expect(socket().isDetached).toBe(true);
  });

  test('covers a provider that hangs, whose late answer opens nothing', async () => {
    let answer: (url: string) => void = () => {};
    const { connection, environment, sockets } = stage({
      url: () => new Promise<string>((resolve) => (answer = resolve)),
      reconnect: false,
    });
    connection.connect();
    environment.advance(20_000);
    expect(connection.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'connect-timeout' } });
    answer(URL_OF_STAGE);
    await microtasks();
    expect(sockets).toEqual([]);
  });

  test('can be turned off', () => {
    const { connection, environment, status } = stage({ connectTimeout: Infinity });
    connection.connect();
    environment.advance(86_400_000);
    expect(status()).toBe('connecting');
    expect(environment.timers).toEqual([]);
  });
});

describe('a provider', () => {
  test('is called again before every attempt, with attempt and reason', () => {
    const calls: unknown[] = [];
    const { connection, socket, environment } = stage({
      url: ({ attempt, reason }) => `${URL_OF_STAGE}?token=${calls.push([attempt, reason])}`,
    });
    connection.connect();
    socket().end(1006);
    environment.advance(500);
    connection.reconnect();
    expect(calls).toEqual([
      [0, 'connect'],
      [1, 'retry'],
      [0, 'reconnect'],
    ]);
    expect(socket().url).toBe(`${URL_OF_STAGE}?token=3`);
  });

  test('that rejects is one more failed attempt', async () => {
    const { connection, environment, sockets, status } = stage({ url: () => Promise.reject(new Error('no token')) });
    connection.connect();
    await microtasks();
    expect(connection.getSnapshot()).toMatchObject({
      attempt: 1,
      error: { code: 'provider-rejected', cause: new Error('no token') },
    });
    environment.advance(500);
    await microtasks();
    expect(connection.getSnapshot().attempt).toBe(2);
    expect(status()).toBe('reconnecting');
    expect(sockets).toEqual([]);
  });

  test.each(['url', 'protocols'] as const)('of %s that throws at once is one more failed attempt', async (option) => {
    const { connection } = stage({
      [option]: () => {
        throw new Error('at once');
      },
    });
    expect(() => connection.connect()).not.toThrow();
    await microtasks();
    expect(connection.getSnapshot()).toMatchObject({ attempt: 1, error: { code: 'provider-rejected' } });
  });

  test('that returns an invalid URL is one more failed attempt, which says what to write', () => {
    const { connection } = stage({ url: () => 'ftp://example.test' });
    connection.connect();
    const { error, attempt } = connection.getSnapshot();
    expect(attempt).toBe(1);
    expect(error).toBeInstanceOf(InvalidOptionError);
  });

  test('of subprotocols may be asynchronous', async () => {
    const { connection, socket } = stage({ protocols: async () => ['v1', 'token'] });
    connection.connect();
    await microtasks();
    expect(socket().protocols).toEqual(['v1', 'token']);
    socket().accept('v1');
    expect(connection.getSnapshot().subprotocol).toBe('v1');
  });

  test('that throws StopReconnecting ends in failed with that error', async () => {
    const stop = new StopReconnecting('signed out');
    const { connection, environment } = stage({ url: () => Promise.reject(stop) });
    connection.connect();
    await microtasks();
    expect(connection.getSnapshot()).toMatchObject({ status: 'failed', error: stop });
    expect(environment.timers).toEqual([]);
  });

  test('that fails while another still works leaves no unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { connection, status } = stage({
      url: () => Promise.reject(new Error('no token')),
      protocols: () => {
        throw new Error('no protocols');
      },
    });
    connection.connect();
    await microtasks();
    await new Promise((resolve) => setImmediate(resolve)); // Node reports after the microtasks
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(status()).toBe('reconnecting');
  });

  test('a platform without WebSocket is told what to give', () => {
    vi.stubGlobal('WebSocket', undefined);
    const { connection } = stage({ WebSocket: undefined });
    connection.connect();
    vi.unstubAllGlobals();
    expect(connection.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'reconnect-stopped' } });
  });
});

describe('wishes', () => {
  test('connect while waiting tries at once, and keeps count', () => {
    const { up, connection, sockets } = stage();
    up().end(1006);
    connection.connect();
    expect(sockets).toHaveLength(2);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', attempt: 1, retryAt: null });
  });

  test('connect while connected changes nothing', () => {
    const { up, connection, sockets } = stage();
    up();
    const snapshot = connection.getSnapshot();
    connection.connect();
    expect(connection.getSnapshot()).toBe(snapshot);
    expect(sockets).toHaveLength(1);
  });

  test('reconnect tells how long the line was down', () => {
    const { up, connection, environment, socket, heardOf } = stage();
    up();
    connection.reconnect();
    environment.advance(70);
    socket().accept();
    expect(heardOf('reconnected')).toEqual([{ downtime: 70 }]);
    expect(heardOf('disconnected')).toEqual([{ close: null, error: null, willReconnect: true }]);
  });

  test('disconnect beats the retry, and later network events', () => {
    const { up, connection, environment, sockets, status } = stage();
    up().end(1006);
    connection.disconnect();
    environment.tell('went-online');
    environment.advance(60_000);
    expect(sockets).toHaveLength(1);
    expect(status()).toBe('disconnected');
  });

  test('disconnect and connect again is a new beginning, not a reconnection', () => {
    const { up, connection, heardOf } = stage();
    up();
    connection.disconnect();
    up();
    expect(heardOf('connected')).toHaveLength(2);
    expect(heardOf('reconnected')).toEqual([]);
  });
});

describe('errors', () => {
  test('are told once each, and are the same object as in the snapshot', () => {
    const { up, connection, heardOf } = stage();
    up().end(1011, 'crashed');
    const { error } = connection.getSnapshot();
    expect(heardOf('error')).toEqual([error]);
    expect(heardOf('error')[0]).toBe(error);
    expect(error).toBeInstanceOf(ConnectionClosedError);
    expect(error).toBeInstanceOf(TautlineError);
    expect(error?.message).toContain('1011 crashed');
  });
});
