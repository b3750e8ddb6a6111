import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionClosedError, messages, QueueFullError, request, TimeoutError } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { stage } from './kit/stage';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const isAnswer = (message: string) => message.startsWith('answer');

/** What became of a promise. */
async function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  let outcome: unknown = 'pending';
  promise.then(
    (value) => (outcome = value),
    (error: unknown) => (outcome = error),
  );
  await microtasks();
  return outcome;
}

describe('request', () => {
  test('sends, and resolves with the first message that matches', async () => {
    const { connection, up } = stage<string, string>();
    const socket = up();
    const asking = request(connection, 'question', { match: isAnswer });
    expect(socket.sent).toEqual(['question']);
    socket.deliver('noise');
    expect(await outcomeOf(asking)).toBe('pending');
    socket.deliver('answer 1');
    socket.deliver('answer 2');
    expect(await asking).toBe('answer 1');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('waits in the queue while the line is down', async () => {
    const { connection, up } = stage<string, string>();
    const asking = request(connection, 'question', { match: isAnswer });
    up().deliver('answer');
    expect(await asking).toBe('answer');
  });

  test('rejects with TimeoutError, and what still waited is not sent later', async () => {
    const { connection, environment, up, heardOf } = stage<string, string>();
    const asking = request(connection, 'question', { match: isAnswer, timeout: 3_000 });
    const outcome = outcomeOf(asking);
    vi.advanceTimersByTime(3_000);
    environment.advance(3_000);
    expect(await outcome).toBeInstanceOf(TimeoutError);
    expect(up().sent).toEqual([]);
    expect(heardOf('dropped')).toEqual([{ message: 'question', reason: 'expired' }]);
  });

  test('may wait for ever', async () => {
    const { connection, up } = stage<string, string>();
    const asking = request(connection, 'question', { match: isAnswer, timeout: Infinity });
    vi.advanceTimersByTime(86_400_000);
    up().deliver('answer');
    expect(await asking).toBe('answer');
  });

  test('rejects with the reason of its signal, before and after sending', async () => {
    const { connection, up } = stage<string, string>();
    const socket = up();
    const controller = new AbortController();
    const asking = request(connection, 'question', { match: isAnswer, signal: controller.signal });
    controller.abort('enough');
    expect(await outcomeOf(asking)).toBe('enough');
    const late = request(connection, 'never sent', { match: isAnswer, signal: controller.signal });
    expect(await outcomeOf(late)).toBe('enough');
    expect(socket.sent).toEqual(['question']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(['end', 'dispose', 'disconnect'])(
    'rejects with ConnectionClosedError when the line is lost after sending: %s',
    async (how) => {
      const { connection, up } = stage<string, string>();
      const socket = up();
      const asking = request(connection, 'question', { match: isAnswer });
      if (how === 'end') socket.end(1011, 'crashed');
      else connection[how as 'dispose' | 'disconnect'](); // the other names
      expect(await outcomeOf(asking)).toBeInstanceOf(ConnectionClosedError);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  test('survives a loss of the line while it still waits', async () => {
    const { connection, up, environment, socket } = stage<string, string>();
    up().bufferedAmount = 2_000_000;
    const asking = request(connection, 'question', { match: isAnswer });
    socket().end(1006);
    expect(await outcomeOf(asking)).toBe('pending');
    environment.advance(500);
    socket().accept();
    expect(socket().sent).toEqual(['question']);
    socket().deliver('answer');
    expect(await asking).toBe('answer');
  });

  test('survives it too behind other messages that wait', async () => {
    const { connection, up } = stage<string, string>();
    up().bufferedAmount = 2_000_000;
    connection.send('before it');
    const asking = request(connection, 'question', { match: isAnswer });
    connection.send('after it');
    connection.reconnect();
    expect(await outcomeOf(asking)).toBe('pending');
    const socket = up();
    expect(socket.sent).toEqual(['before it', 'question', 'after it']);
    socket.deliver('answer');
    expect(await asking).toBe('answer');
  });

  test('rejects when its message is dropped', async () => {
    const { connection } = stage<string, string>({ queue: false });
    expect(await outcomeOf(request(connection, 'question', { match: isAnswer }))).toMatchObject({ code: 'dropped' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('rejects when the queue is full and throws, and leaves nothing behind', async () => {
    const { connection } = stage<string, string>({ queue: { maxMessages: 0, overflow: 'throw' } });
    expect(await outcomeOf(request(connection, 'question', { match: isAnswer }))).toBeInstanceOf(QueueFullError);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('rejects when match throws, and the line goes on', async () => {
    const { connection, up, heardOf } = stage<string, string>();
    const socket = up();
    const asking = request(connection, 'question', {
      match() {
        throw new Error('bad predicate');
      },
    });
    socket.deliver('answer');
    expect(await outcomeOf(asking)).toMatchObject({ message: 'bad predicate' });
    expect(heardOf('message')).toEqual(['answer']);
  });
});

describe('messages', () => {
  test('gives each message once, in order, across reconnects, until disconnected', async () => {
    const { connection, up, environment, socket } = stage<string, string>();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const message of messages(connection)) seen.push(message);
    })();
    up().deliver('1');
    socket().deliver('2');
    await microtasks();
    socket().end(1006);
    environment.advance(500);
    socket().accept();
    socket().deliver('3');
    connection.disconnect();
    await reading;
    expect(seen).toEqual(['1', '2', '3']);
  });

  test('keeps what came while nobody was reading', async () => {
    const { connection, up } = stage<string, string>();
    const reader = messages(connection);
    const socket = up();
    socket.deliver('1');
    socket.deliver('2');
    expect([await reader.next(), await reader.next()]).toEqual([
      { done: false, value: '1' },
      { done: false, value: '2' },
    ]);
  });

  test('answers every next, also those that wait side by side', async () => {
    const { connection, up } = stage<string, string>();
    const reader = messages(connection);
    const waiting = [reader.next(), reader.next(), reader.next()];
    const socket = up();
    socket.deliver('1');
    socket.deliver('2');
    connection.dispose();
    expect(await outcomeOf(Promise.all(waiting))).toEqual([
      { done: false, value: '1' },
      { done: false, value: '2' },
      { done: true, value: undefined },
    ]);
  });

  test('gives what was kept and then an error to a reader that is too slow', async () => {
    const { connection, up } = stage<string, string>();
    const reader = messages(connection, { maxBuffered: 2 });
    const socket = up();
    for (const message of ['1', '2', '3']) socket.deliver(message);
    expect(await reader.next()).toMatchObject({ value: '1' });
    expect(await reader.next()).toMatchObject({ value: '2' });
    expect(await outcomeOf(reader.next())).toMatchObject({ code: 'buffer-overflow' });
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  test('ends without an error on abort, before and during', async () => {
    const { connection, up } = stage<string, string>();
    up();
    const controller = new AbortController();
    const waiting = messages(connection, { signal: controller.signal }).next();
    controller.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await messages(connection, { signal: controller.signal }).next()).toEqual({ done: true, value: undefined });
  });

  test.each(['disconnected', 'failed'])('ends at once on a connection that is %s', async (status) => {
    const { connection, socket } = stage<string, string>({ reconnect: false });
    connection.connect();
    if (status === 'failed') socket().end(1006);
    else connection.disconnect();
    expect(connection.getSnapshot().status).toBe(status);
    expect(await outcomeOf(messages(connection).next())).toEqual({ done: true, value: undefined });
  });

  test('stops listening after break', async () => {
    const { connection, up } = stage<string, string>();
    const on = vi.spyOn(connection, 'on');
    const socket = up();
    const reading = (async () => {
      for await (const message of messages(connection)) return message;
      return undefined;
    })();
    socket.deliver('1');
    expect(await reading).toBe('1');
    expect(on).toHaveBeenCalledTimes(1);
    const reader = messages(connection);
    await reader.return?.();
    socket.deliver('2');
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });
});
