import { describe, expect, test, vi } from 'vitest';
import { ConnectionClosedError, createConnection, IDLE_SNAPSHOT, TautlineError } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { stage, URL_OF_STAGE } from './kit/stage';

/** What became of a promise. */
async function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  let outcome: unknown = 'pending';
  promise.then(
    (value) => (outcome = ['resolved', value]),
    (error: unknown) => (outcome = ['rejected', error]),
  );
  await microtasks();
  return outcome;
}

describe('a connection that was made', () => {
  test('is inert and shows the idle snapshot', () => {
    const { connection, environment, sockets } = stage();
    expect(connection.getSnapshot()).toBe(IDLE_SNAPSHOT);
    expect(environment.timers).toEqual([]);
    expect(sockets).toEqual([]);
  });

  test('has a snapshot that nobody can change, before and after', () => {
    const { connection, up } = stage();
    const before = connection.getSnapshot();
    up();
    expect([before, connection.getSnapshot()].map(Object.isFrozen)).toEqual([true, true]);
    expect(before.status).toBe('idle');
  });

  test('has methods that need no this', () => {
    const { connection, sockets } = stage();
    const { connect, getSnapshot, send, disconnect, queue } = connection;
    const { clear } = queue;
    connect();
    expect(send('x')).toBe('queued');
    clear();
    expect(queue.size).toBe(0);
    disconnect();
    expect(getSnapshot().status).toBe('disconnected');
    expect(sockets).toHaveLength(1);
  });
});

describe('retain', () => {
  test('connects with the first and disconnects one macrotask after the last', () => {
    const { connection, environment, sockets, status } = stage();
    const releases = [connection.retain(), connection.retain()];
    expect(sockets).toHaveLength(1);
    releases.forEach((release) => release());
    expect(status()).toBe('connecting');
    environment.advance(0);
    expect(status()).toBe('disconnected');
    expect(environment.timers).toEqual([]);
  });

  test('in the same breath as the release keeps the socket, as StrictMode does', () => {
    const { connection, environment, sockets, status } = stage();
    connection.retain()();
    connection.retain();
    environment.advance(10);
    expect(sockets).toHaveLength(1);
    expect(status()).toBe('connecting');
  });

  test('counts each release once', () => {
    const { connection, environment, status } = stage();
    const [first] = [connection.retain(), connection.retain()];
    first?.();
    first?.();
    environment.advance(0);
    expect(status()).toBe('connecting');
  });

  test('does not lift a disconnect, connect does', () => {
    const { connection, sockets, status } = stage();
    connection.disconnect();
    connection.retain();
    expect(sockets).toEqual([]);
    expect(status()).toBe('idle');
    connection.connect();
    expect(sockets).toHaveLength(1);
  });

  test('does not end what connect asked for', () => {
    const { connection, environment, status } = stage();
    connection.connect();
    connection.retain()();
    environment.advance(0);
    expect(status()).toBe('connecting');
  });

  test('by somebody who also asks to connect ends with the last release all the same', () => {
    const { connection, environment, status } = stage();
    const release = connection.retain();
    connection.disconnect();
    connection.connect();
    release();
    environment.advance(0);
    expect(status()).toBe('disconnected');
  });

  test('starts again what has failed, when taken hold of anew', () => {
    const { connection, environment, socket, status } = stage({ reconnect: false });
    const release = connection.retain();
    socket().end(1006);
    expect(status()).toBe('failed');
    release();
    environment.advance(0);
    connection.retain();
    expect(status()).toBe('connecting');
  });
});

describe('whenConnected', () => {
  test('resolves once connected, at once when it is, and does not connect by itself', async () => {
    const { connection, sockets, up } = stage();
    const early = connection.whenConnected();
    expect(await outcomeOf(early)).toBe('pending');
    expect(sockets).toEqual([]);
    up();
    expect(await outcomeOf(early)).toEqual(['resolved', undefined]);
    expect(await outcomeOf(connection.whenConnected())).toEqual(['resolved', undefined]);
  });

  test('waits through retries and rejects with what made it fail', async () => {
    const { connection, socket, environment } = stage({ reconnect: { maxAttempts: 1 } });
    connection.connect();
    const waiting = connection.whenConnected();
    socket().end(1006);
    expect(await outcomeOf(waiting)).toBe('pending');
    environment.advance(1_000);
    socket().end(1006);
    expect(await outcomeOf(waiting)).toEqual(['rejected', connection.getSnapshot().error]);
  });

  test.each(['disconnect', 'dispose'] as const)('rejects on %s', async (end) => {
    const { connection } = stage();
    connection.connect();
    const waiting = connection.whenConnected();
    connection[end]();
    expect(await outcomeOf(waiting)).toEqual(['rejected', expect.any(ConnectionClosedError)]);
  });

  test('rejects at once while the server has yet to answer the close', async () => {
    const { connection, up } = stage();
    up();
    connection.disconnect(4000);
    expect(await outcomeOf(connection.whenConnected())).toEqual([
      'rejected',
      expect.objectContaining({ closeCode: 4000 }),
    ]);
  });

  test('rejects with the reason of its signal, also when aborted before', async () => {
    const { connection } = stage();
    const controller = new AbortController();
    const waiting = connection.whenConnected({ signal: controller.signal });
    controller.abort('enough');
    expect(await outcomeOf(waiting)).toEqual(['rejected', 'enough']);
    expect(await outcomeOf(connection.whenConnected({ signal: controller.signal }))).toEqual(['rejected', 'enough']);
  });

  test('leaves no listener on its signal', async () => {
    const { connection, up } = stage();
    const { signal } = new AbortController();
    const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
    const waiting = connection.whenConnected({ signal });
    up();
    await waiting;
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      added.mock.calls.map(([type, listener]) => [type, listener]),
    );
  });
});

describe('subscribe', () => {
  test('calls back after each change of the snapshot, and no more once unsubscribed', () => {
    const { connection, socket } = stage();
    const listener = vi.fn();
    const stop = connection.subscribe(listener);
    connection.connect();
    socket().accept();
    expect(listener).toHaveBeenCalledTimes(2);
    socket().deliver('no change');
    expect(listener).toHaveBeenCalledTimes(2);
    stop();
    connection.disconnect();
    expect(listener).toHaveBeenCalledTimes(2);
  });

  test('the same function twice is called twice, and each unsubscribes itself', () => {
    const { connection } = stage();
    const listener = vi.fn();
    const stop = connection.subscribe(listener);
    connection.subscribe(listener);
    stop();
    stop();
    connection.connect();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('a listener removed by another is not called, and one that is added waits for the next event', () => {
    const report = vi.spyOn(console, 'error');
    const { connection, up } = stage<string>();
    const told: string[] = [];
    connection.on('message', () => {
      stop();
      connection.on('message', () => told.push('added'));
    });
    const stop = connection.on('message', () => told.push('removed'));
    const socket = up();
    socket.deliver('1');
    expect(told).toEqual([]);
    socket.deliver('2');
    expect(told).toEqual(['added']);
    expect(report).not.toHaveBeenCalled();
    report.mockRestore();
  });
});

describe('dispose', () => {
  test('closes the socket, tells the end, and forgets all listeners', () => {
    const { connection, up, environment, heard } = stage<string, string>({ heartbeat: { message: 'ping' } });
    const socket = up();
    connection.dispose();
    expect(socket.isDetached).toBe(true);
    expect(socket.closeCalls).toHaveLength(1);
    expect(heard.at(-1)).toMatchObject({ event: 'disconnected', detail: { willReconnect: false } });
    expect(environment.timers).toEqual([]);
    expect(environment.listeners.size).toBe(0);
    const count = heard.length;
    connection.send('too late');
    expect(heard).toHaveLength(count);
  });

  test('is final: asking for the line throws, the rest is harmless', () => {
    const { connection } = stage<string, string>();
    const release = connection.retain();
    connection.dispose();
    for (const ask of ['connect', 'reconnect', 'retain'] as const) {
      expect(() => connection[ask]()).toThrow(expect.objectContaining({ code: 'disposed' }));
    }
    expect(connection.send('x')).toBe('dropped');
    expect(() => {
      release();
      connection.disconnect();
      connection.dispose();
      connection.queue.clear();
    }).not.toThrow();
    expect(connection.getSnapshot()).toMatchObject({ status: 'disconnected', readyState: 3 });
  });

  test('works with `using`, and inside a listener', () => {
    const { connection, up, live } = stage();
    connection.on('connected', () =>
      connection[Symbol.dispose ?? (Symbol.for('Symbol.dispose') as typeof Symbol.dispose)](),
    );
    up();
    expect(live()).toEqual([]);
    expect(() => connection.connect()).toThrow(TautlineError);
  });
});

test('a connection with the environment of the system ends without a trace', () => {
  vi.useFakeTimers();
  const { WebSocket } = { WebSocket: class {} };
  const connection = createConnection(URL_OF_STAGE, { WebSocket: WebSocket as never }); // a socket that does nothing at all
  connection.connect();
  expect(vi.getTimerCount()).toBe(1);
  connection.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
