import { afterEach, describe, expect, test, vi } from 'vitest';
import { json, QueueFullError } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { stage } from './kit/stage';

afterEach(() => {
  vi.restoreAllMocks();
});

const dropsOf = (heard: unknown[]) => heard as { message: string; reason: string }[]; // what `dropped` carries

describe('the bounds of the queue', () => {
  test('are 1,000 messages and 1 MiB by default', () => {
    const { connection } = stage<string, string>();
    for (let count = 0; count < 1_000; count++) expect(connection.send('x')).toBe('queued');
    expect(connection.send('x')).toBe('dropped');
    connection.queue.clear();
    expect(connection.send('x'.repeat(1_048_576))).toBe('queued');
    expect(connection.send('x')).toBe('dropped');
  });

  test('count bytes of UTF-8, and of binary in each of its shapes', () => {
    const { connection } = stage();
    const sizes: number[] = [];
    const texts = ['a', 'é', '€', '😀', '\ud800', '\ud800a', '😀é'];
    for (const message of [...texts, new ArrayBuffer(5), new Uint16Array(3), new Blob(['ééé'])]) {
      const before = connection.queue.bytes;
      connection.send(message);
      sizes.push(connection.queue.bytes - before);
    }
    expect(sizes.slice(0, texts.length)).toEqual(texts.map((text) => new TextEncoder().encode(text).length));
    expect(sizes.slice(texts.length)).toEqual([5, 6, 6]);
  });

  test('of bytes hold for multi-byte text', () => {
    const { connection } = stage<string, string>({ queue: { maxBytes: 6 } });
    expect(connection.send('€€')).toBe('queued');
    expect(connection.send('a')).toBe('dropped');
    expect(connection.queue.bytes).toBe(6);
  });

  test('hold for text that was not counted when it came', () => {
    const { connection } = stage<string, string>({ queue: { maxBytes: 10 } });
    for (const message of ['a', 'bc', '€', 'de', '']) expect(connection.send(message)).toBe('queued');
    expect(connection.send('fgh')).toBe('dropped');
    expect(connection.send('fg')).toBe('queued');
    expect(connection.queue.bytes).toBe(10);
  });

  test('are free again when messages have gone', () => {
    const { connection, up } = stage<string, string>({ queue: { maxMessages: 2, maxBytes: 10 } });
    connection.send('1234');
    connection.send('5678');
    up().end(1006);
    expect(connection.queue).toMatchObject({ size: 0, bytes: 0 });
    expect(connection.send('1234567890')).toBe('queued');
  });
});

describe('when the queue is full', () => {
  test('drop-newest refuses the new message', () => {
    const { connection, heardOf, up } = stage<string, string>({ queue: { maxMessages: 2 } });
    expect(['1', '2', '3'].map((message) => connection.send(message))).toEqual(['queued', 'queued', 'dropped']);
    expect(heardOf('dropped')).toEqual([{ message: '3', reason: 'overflow' }]);
    expect(up().sent).toEqual(['1', '2']);
  });

  test('drop-oldest makes room, as much as is needed', () => {
    const { connection, heardOf, up } = stage<string, string>({ queue: { maxBytes: 6, overflow: 'drop-oldest' } });
    for (const message of ['11', '22', '33', '4444']) expect(connection.send(message)).toBe('queued');
    expect(heardOf('dropped')).toEqual([
      { message: '11', reason: 'overflow' },
      { message: '22', reason: 'overflow' },
    ]);
    expect(up().sent).toEqual(['33', '4444']);
  });

  test('drop-oldest gives up nothing for a message that can never fit', () => {
    const { connection, heardOf } = stage<string, string>({ queue: { maxBytes: 6, overflow: 'drop-oldest' } });
    connection.send('123');
    expect(connection.send('7777777')).toBe('dropped');
    expect(heardOf('dropped')).toEqual([{ message: '7777777', reason: 'overflow' }]);
    expect(connection.queue.size).toBe(1);
  });

  test('drop-oldest gives up everything for a message that takes all the room', () => {
    const { connection, up } = stage<string, string>({ queue: { maxBytes: 6, overflow: 'drop-oldest' } });
    connection.send('1');
    connection.send('2');
    expect(connection.send('666666')).toBe('queued');
    expect(up().sent).toEqual(['666666']);
  });

  test('throw makes send throw, and keeps what waits', () => {
    const { connection, heardOf } = stage<string, string>({ queue: { maxMessages: 1, overflow: 'throw' } });
    connection.send('1');
    expect(() => connection.send('2')).toThrow(QueueFullError);
    expect(heardOf('dropped')).toEqual([]);
    expect(connection.queue.size).toBe(1);
  });

  test('what has expired makes room first', () => {
    const { connection, environment, heardOf } = stage<string, string>({
      queue: { maxMessages: 2, overflow: 'drop-oldest' },
    });
    connection.send('1', { ttl: 1_000 });
    connection.send('2');
    environment.advance(1_000);
    connection.send('3');
    expect(heardOf('dropped')).toEqual([{ message: '1', reason: 'expired' }]);
  });

  test('a queue of no messages refuses all, whatever the policy', () => {
    const { connection } = stage<string, string>({ queue: { maxMessages: 0, overflow: 'drop-oldest' } });
    expect(connection.send('1')).toBe('dropped');
  });
});

test('what a codec encodes is known by the message that was given', () => {
  const { connection, heardOf } = stage<unknown, unknown>({ codec: json() });
  const message = { type: 'hello' };
  connection.send(message);
  expect(connection.queue.has(message)).toBe(true);
  expect(connection.queue.has('{"type":"hello"}')).toBe(false);
  connection.queue.clear();
  expect(heardOf('dropped')).toEqual([{ message, reason: 'cleared' }]);
});

test('a message without a character waits like any other', () => {
  const { connection, up } = stage<string, string>();
  for (const message of ['', '1', '']) expect(connection.send(message)).toBe('queued');
  expect(connection.queue.has('')).toBe(true);
  expect(up().sent).toEqual(['', '1', '']);
});

describe('a listener of drops that calls back in', () => {
  test('does not overtake the message whose place it heard of', () => {
    const { connection, up } = stage<string, string>({ queue: { maxMessages: 2, overflow: 'drop-oldest' } });
    connection.on('dropped', ({ message }) => message === '1' && connection.send('1 again'));
    for (const message of ['1', '2', '3']) connection.send(message);
    expect(up().sent).toEqual(['3', '1 again']);
  });

  test('and sends again what is cleared does not make clear endless', () => {
    const { connection } = stage<string, string>();
    connection.on('dropped', ({ message }) => connection.send(message));
    connection.send('1');
    connection.send('2');
    connection.queue.clear();
    expect(connection.queue.size).toBe(2);
  });
});

describe('time to live', () => {
  test('drops what waited too long instead of sending it', () => {
    const { connection, environment, up, heardOf } = stage<string, string>({ queue: { ttl: 5_000 } });
    connection.send('stale');
    environment.advance(4_000);
    connection.send('fresh');
    environment.advance(1_000);
    expect(up().sent).toEqual(['fresh']);
    expect(heardOf('dropped')).toEqual([{ message: 'stale', reason: 'expired' }]);
  });

  test('that is over for all that waits leaves nothing to send, and the line goes on', () => {
    const { connection, environment, up, heardOf } = stage<string, string>({ queue: { ttl: 5_000 } });
    connection.send('1');
    connection.send('2');
    environment.advance(5_000);
    const socket = up();
    expect(heardOf('dropped')).toHaveLength(2);
    expect(connection.queue).toMatchObject({ size: 0, bytes: 0 });
    expect(connection.send('3')).toBe('sent');
    expect(socket.sent).toEqual(['3']);
  });

  test('of a message overrides that of the queue', () => {
    const { connection, environment, up } = stage<string, string>({ queue: { ttl: 5_000 } });
    connection.send('kept', { ttl: Infinity });
    connection.send('short', { ttl: 10 });
    connection.send('usual');
    environment.advance(4_999);
    expect(up().sent).toEqual(['kept', 'usual']);
  });
});

describe('a volatile message', () => {
  test('goes now', () => {
    const { connection, up } = stage<string, string>();
    const socket = up();
    expect(connection.send('cursor', { volatile: true })).toBe('sent');
    expect(socket.sent).toEqual(['cursor']);
  });

  test('or not at all: while down, and behind what waits', () => {
    const { connection, up, heardOf } = stage<string, string>();
    expect(connection.send('down', { volatile: true })).toBe('dropped');
    up().bufferedAmount = 2_000_000;
    connection.send('waits');
    expect(connection.send('behind', { volatile: true })).toBe('dropped');
    expect(dropsOf(heardOf('dropped')).map(({ reason }) => reason)).toEqual(['volatile', 'volatile']);
  });
});

describe('a socket that has enough unsent bytes', () => {
  test('is given no more than highWaterMark, and the rest once it has room, in order', () => {
    const { connection, up, environment } = stage<string, string>({ highWaterMark: 100 });
    const socket = up();
    socket.bufferedAmount = 99;
    expect(connection.send('1')).toBe('sent');
    socket.bufferedAmount = 100;
    expect(connection.send('2')).toBe('queued');
    socket.bufferedAmount = 0;
    expect(connection.send('3')).toBe('queued');
    expect(socket.sent).toEqual(['1']);
    environment.advance(20);
    expect(socket.sent).toEqual(['1', '2', '3']);
    expect(connection.send('4')).toBe('sent');
    environment.advance(60_000);
    expect(socket.sent).toEqual(['1', '2', '3', '4']);
    expect(environment.timers).toEqual([]);
  });

  test('is asked again while it is full, and the flush stops when it fills up on the way', () => {
    const { connection, up, environment } = stage<string, string>({ highWaterMark: 100 });
    const socket = up();
    socket.bufferedAmount = 100;
    for (const message of ['1', '2', '3']) connection.send(message);
    environment.advance(200);
    expect(socket.sent).toEqual([]);
    socket.bufferedAmount = 0;
    const send = socket.send.bind(socket);
    socket.send = (data) => {
      send(data);
      socket.bufferedAmount += 60;
    };
    environment.advance(20);
    expect(socket.sent).toEqual(['1', '2']);
    socket.bufferedAmount = 0;
    environment.advance(20);
    expect(socket.sent).toEqual(['1', '2', '3']);
  });

  test('with the least highWaterMark still sends one after the other', () => {
    const { connection, up } = stage<string, string>({ highWaterMark: 1 });
    expect(up().sent).toEqual([]);
    expect(connection.send('1')).toBe('sent');
  });
});

test('a long queue is flushed in slices, so that others get the thread', () => {
  const { connection, environment, socket } = stage<string, string>({ queue: { maxMessages: 20_000 } });
  const messages = Array.from({ length: 12_000 }, (_, count) => String(count));
  for (const message of messages) connection.send(message);
  connection.connect();
  const slow = socket();
  const sent: unknown[] = [];
  slow.send = (data) => {
    if (sent.push(data) % 1_000 === 0) environment.time++;
  };
  slow.accept();
  expect(sent).toHaveLength(9_099); // 8 ms are over after 9,000; the clock is looked at after 99, 199, ...
  expect(connection.send('last')).toBe('queued');
  environment.advance(0);
  expect(sent).toEqual([...messages, 'last']);
});

test('a slice lasts some milliseconds where frames are seen, and as long as it takes in a hidden page', () => {
  for (const [hidden, first] of [
    [false, 99],
    [true, 1_000],
  ] as const) {
    const { connection, environment, socket } = stage<string, string>();
    for (let count = 0; count < 1_000; count++) connection.send(String(count));
    connection.connect();
    const slow = socket();
    const sent: unknown[] = [];
    slow.send = (data) => {
      environment.time++;
      sent.push(data);
    };
    environment.hidden = hidden;
    slow.accept();
    expect(sent).toHaveLength(first);
    for (let turn = 0; turn < 20; turn++) environment.advance(1_000);
    expect(sent).toEqual(Array.from({ length: 1_000 }, (_, count) => String(count)));
  }
});

describe('send never lies', () => {
  test('a socket that is closing takes nothing: the message waits for the next', () => {
    const { connection, up, environment, socket } = stage<string, string>();
    const first = up();
    first.readyState = 2;
    expect(connection.send('not lost')).toBe('queued');
    environment.advance(100);
    expect(first.sent).toEqual([]);
    first.end(1001);
    environment.advance(500);
    socket().accept();
    expect(socket().sent).toEqual(['not lost']);
  });

  test('without a queue, what cannot go now is dropped and says so', () => {
    const { connection, up, heardOf } = stage<string, string>({ queue: false });
    expect(connection.send('down')).toBe('dropped');
    up();
    expect(connection.send('up')).toBe('sent');
    expect(heardOf('dropped')).toEqual([{ message: 'down', reason: 'disabled' }]);
  });

  test('a message that the socket refuses is dropped as invalid', () => {
    const { connection, up, heardOf } = stage<string, string>();
    up().send = () => {
      throw new TypeError('not sendable');
    };
    expect(connection.send('bad')).toBe('dropped');
    expect(heardOf('invalid')).toMatchObject([{ direction: 'outgoing', data: 'bad' }]);
    expect(heardOf('dropped')).toEqual([{ message: 'bad', reason: 'invalid' }]);
  });

  test('a message that the codec refuses is dropped as invalid, never queued', () => {
    const { connection, heardOf } = stage<unknown, unknown>({ codec: json() });
    expect(connection.send(() => {})).toBe('dropped');
    expect(connection.send(10n)).toBe('dropped');
    expect(heardOf('invalid')).toHaveLength(2);
    expect(connection.queue.size).toBe(0);
  });
});

describe('clear and dispose', () => {
  test('report each message that waits, once', () => {
    const { connection, heardOf } = stage<string, string>();
    connection.send('1');
    connection.queue.clear();
    connection.send('2');
    connection.dispose();
    expect(heardOf('dropped')).toEqual([
      { message: '1', reason: 'cleared' },
      { message: '2', reason: 'disposed' },
    ]);
    expect(connection.queue).toMatchObject({ size: 0, bytes: 0 });
    expect(connection.send('3')).toBe('dropped');
  });
});

describe('drain', () => {
  test('resolves at once when nothing waits', async () => {
    await expect(stage().connection.queue.drain()).resolves.toBeUndefined();
  });

  test.each(['flush', 'clear', 'dispose'])('resolves for all who wait after %s, and not before', async (how) => {
    const { connection, up } = stage<string, string>();
    connection.send('1');
    connection.send('2');
    const done = vi.fn();
    void connection.queue.drain().then(done);
    void connection.queue.drain().then(done);
    await microtasks();
    expect(done).not.toHaveBeenCalled();
    if (how === 'flush') up();
    if (how === 'clear') connection.queue.clear();
    if (how === 'dispose') connection.dispose();
    await microtasks();
    expect(done).toHaveBeenCalledTimes(2);
  });

  test('does not resolve while a message that replaced another waits', async () => {
    const { connection } = stage<string, string>({ queue: { maxMessages: 1, overflow: 'drop-oldest' } });
    connection.send('1');
    const done = vi.fn();
    void connection.queue.drain().then(done);
    connection.send('2');
    await microtasks();
    expect(done).not.toHaveBeenCalled();
  });
});
