import { afterEach, describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest';
import { createConnection, createFeed, createPool, json, latest, messages, request } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { fakeWebSockets } from './kit/fakeWebSocket';
import { stage, URL_OF_STAGE } from './kit/stage';

afterEach(() => vi.useRealTimers());

describe('what is sent', () => {
  test('may be changed afterwards: the queue keeps a copy, like the socket', () => {
    const { connection, up } = stage();
    const bytes = new Uint8Array(1);
    for (const value of [1, 2, 3]) {
      bytes[0] = value;
      connection.send(bytes);
    }
    const whole = new Uint8Array([7]).buffer;
    connection.send(whole);
    new Uint8Array(whole)[0] = 8;
    const { sent } = up();
    expect(sent.map((data) => new Uint8Array(data as ArrayBuffer)[0])).toEqual([1, 2, 3, 7]);
  });

  test('goes to the platform where it has nowhere else to wait: without a queue, or larger than all of it', () => {
    const without = stage({ queue: false });
    without.up().bufferedAmount = 2_000_000;
    expect(without.connection.send('a')).toBe('sent');
    const small = stage({ queue: { maxBytes: 10 } });
    small.up().bufferedAmount = 2_000_000;
    expect(small.connection.send('longer than ten bytes')).toBe('sent');
    expect(small.connection.send('short')).toBe('queued');
    expect(small.connection.send('longer than ten bytes')).toBe('dropped');
  });

  test('is invalid when the codec makes nothing of it, also while the line is down', () => {
    const { connection, heardOf } = stage<string, string>({
      codec: { encode: () => undefined as never, decode: String },
    });
    expect(connection.send('x')).toBe('dropped');
    expect(heardOf('invalid')).toHaveLength(1);
  });

  test.each([{ text: 'x' }, 7, null, undefined])('is invalid as it is when it is %o, on a line or without', (value) => {
    const { connection, heardOf, up } = stage<unknown, unknown>({
      codec: { encode: (message) => message as string, decode: String },
    });
    expect(connection.send(value)).toBe('dropped');
    const { sent } = up();
    expect(connection.send(value)).toBe('dropped');
    expect(heardOf('invalid')).toHaveLength(2);
    expect(heardOf('dropped')).toEqual([1, 2].map(() => ({ message: value, reason: 'invalid' })));
    expect(sent).toEqual([]);
  });

  test('does not decide by its heartbeat what else may be sent', () => {
    const connection = createConnection(URL_OF_STAGE, { heartbeat: { message: 'ping' } });
    expectTypeOf(connection.send).toBeCallableWith(new Uint8Array(1));
  });

  test('may be a union, of which the heartbeat sends one member', () => {
    type Command = { readonly say: string } | { readonly ping: true };
    const codec = json<unknown, Command>();
    createConnection(URL_OF_STAGE, { codec, heartbeat: { message: { ping: true } } });
    createConnection<unknown, Command>(URL_OF_STAGE, { codec, heartbeat: { message: () => ({ ping: true }) } });
    // @ts-expect-error no such message
    createConnection(URL_OF_STAGE, { codec, heartbeat: { message: { pong: true } } });
  });
});

test('queue.clear as a callback takes no reason from its event', () => {
  const { connection, heardOf } = stage();
  connection.send('x');
  const onClick: (event: object) => void = connection.queue.clear;
  onClick({ type: 'click' });
  expect(heardOf('dropped')).toEqual([{ message: 'x', reason: 'cleared' }]);
});

test('shouldReconnect is told of no attempts before the line was stable', () => {
  const shouldReconnect = vi.fn(() => true);
  const { up, environment } = stage({ shouldReconnect });
  up().end(1006);
  const socket = up();
  environment.advance(5_000);
  socket.end(1006);
  expect(shouldReconnect).toHaveBeenLastCalledWith(expect.anything(), { attempt: 0, verdict: 'retry' });
});

describe('a handshake', () => {
  test('may ask for two messages at once', async () => {
    const received = vi.fn();
    const { connection, socket, status } = stage<string, string>({
      handshake: async ({ receive }) => received(await Promise.all([receive(), receive()])),
    });
    connection.connect();
    socket().accept();
    socket().deliver('hello');
    socket().deliver('welcome');
    await microtasks();
    expect(received).toHaveBeenCalledWith(['hello', 'welcome']);
    expect(status()).toBe('connected');
  });

  test('that asked ahead and is given up leaves no rejection unheard', async () => {
    const unheard = vi.fn();
    process.on('unhandledRejection', unheard);
    onTestFinished(() => void process.off('unhandledRejection', unheard));
    const { connection, socket } = stage<string, string>({
      handshake: async ({ receive }) => {
        const welcome = receive();
        await new Promise(() => {});
        await welcome;
      },
    });
    connection.connect();
    socket().accept();
    connection.disconnect();
    await new Promise(setImmediate);
    expect(unheard).not.toHaveBeenCalled();
  });
});

test('nothing is delivered after disconnect, like the standard', () => {
  const { connection, up, heard } = stage();
  const socket = up();
  connection.disconnect();
  socket.deliver('late');
  expect(heard.at(-1)?.event).toBe('disconnected');
});

test('shouldReconnect has the last word on a second reauth, and hears that the table would stop', () => {
  const shouldReconnect = vi.fn(() => true);
  const { up, socket, status } = stage({ shouldReconnect });
  up().end(4401);
  socket().accept();
  socket().end(4401);
  expect(status()).toBe('reconnecting');
  expect(shouldReconnect).toHaveBeenLastCalledWith(expect.anything(), expect.objectContaining({ verdict: 'stop' }));
});

test('an error that no close follows is judged like a close of 1006', () => {
  const { up, environment, status } = stage({ closeCodes: { 1006: 'stop' } });
  up().break();
  environment.advance(2_000);
  expect(status()).toBe('failed');
});

test('a thrown thing without a text is a failed attempt like any other', () => {
  const { connection } = stage({
    url: () => {
      throw Object.create(null);
    },
  });
  connection.connect();
  return microtasks().then(() => expect(connection.getSnapshot().error?.code).toBe('provider-rejected'));
});

test('a socket that refuses its binaryType is closed', async () => {
  const { WebSocket, sockets } = fakeWebSockets();
  const { connection, status } = stage({
    WebSocket: class {
      constructor(url: string) {
        const socket = new WebSocket(url);
        Object.defineProperty(socket, 'binaryType', {
          set() {
            throw new Error('no blobs here');
          },
        });
        return socket;
      }
    } as never, // a constructor that returns one is one
  });
  connection.connect();
  await microtasks();
  expect(sockets).toHaveLength(1);
  expect(sockets[0]?.closeCalls).toHaveLength(1);
  expect(status()).toBe('reconnecting');
});

test('a provider that returns nothing fails the attempt instead of opening a path of that name', async () => {
  const { connection, sockets } = stage({ url: () => undefined as never });
  connection.connect();
  await microtasks();
  expect(sockets).toHaveLength(0);
  expect(connection.getSnapshot().error?.code).toBe('invalid-option');
});

test('a request that was flushed fails with its line though others still wait', async () => {
  vi.useFakeTimers();
  const { connection, up } = stage<string, string>();
  const answer = request(connection, 'ask', { match: () => false, timeout: 60_000 });
  const failed = expect(answer).rejects.toMatchObject({ code: 'connection-closed' });
  const socket = up();
  socket.bufferedAmount = 2_000_000;
  connection.send('waits');
  socket.end();
  await failed;
  expect(connection.queue.has('waits')).toBe(true);
});

describe('messages()', () => {
  test('yields nothing after return', async () => {
    const { connection, up } = stage<string, string>();
    const iterator = messages(connection);
    up().deliver('a');
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });
});

describe('what was disposed', () => {
  test('is not shared again', () => {
    const { WebSocket } = fakeWebSockets();
    const pool = createPool();
    const first = pool.share(URL_OF_STAGE, { WebSocket });
    first.retain();
    first.dispose();
    expect(() => pool.share(URL_OF_STAGE, { WebSocket }).retain()).not.toThrow();
  });

  test('makes a feed throw each time, and leaves nothing behind', () => {
    const { connection } = stage();
    connection.dispose();
    const feed = createFeed(connection, latest());
    for (let time = 0; time < 2; time++) expect(() => feed.subscribe(() => {})).toThrow('disposed');
  });
});

test('who only listens keeps the place in the pool', () => {
  vi.useFakeTimers();
  const { WebSocket } = fakeWebSockets();
  const pool = createPool();
  const first = pool.share(URL_OF_STAGE, { WebSocket });
  const release = first.retain();
  const stop = first.on('message', () => {});
  release();
  vi.advanceTimersByTime(50);
  expect(pool.share(URL_OF_STAGE, { WebSocket })).toBe(first);
  stop();
  vi.advanceTimersByTime(50);
  expect(pool.share(URL_OF_STAGE, { WebSocket })).not.toBe(first);
});

test('a feed may flush never', () => {
  vi.useFakeTimers();
  const { connection, up } = stage<string, string>();
  const told = vi.fn();
  createFeed(connection, latest<string>(), { flush: Infinity }).subscribe(told);
  up().deliver('a');
  vi.advanceTimersByTime(1_000);
  expect(told).not.toHaveBeenCalled();
});
