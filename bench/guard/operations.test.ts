import { channel, createConnection, createFeed, json, keyBy, type Collector } from '@tautline/core';
import { envelope } from '@tautline/core/protocols/envelope';
import { expect, it, vi } from 'vitest';
import { agree, said } from '../../test/support/fakeEnvelope';
import { FakeWebSocket } from '../../test/support/fakeWebSocket';
import { installFakes, ticks, type Tick } from './setting';

installFakes();

const connect = () => {
  const connection = createConnection<Tick>('ws://a.test/', { codec: json() });
  connection.connect();
  FakeWebSocket.last.accept();
  return connection;
};

it('adds each of 20,000 messages once, looks once, and tells subscribers once for a burst', async () => {
  const counter = { initial: () => 0, add: vi.fn((count: number) => count + 1), view: vi.fn((count: number) => count) };
  const feed = createFeed(connect(), counter as Collector<Tick, number>);
  const told = vi.fn();
  feed.subscribe(told);
  counter.view.mockClear();
  FakeWebSocket.last.receive(...ticks(20_000, 1_000));
  await vi.advanceTimersByTimeAsync(20);
  expect(told).toHaveBeenCalledOnce();
  expect(feed.getSnapshot()).toBe(20_000);
  expect(feed.getSnapshot()).toBe(20_000);
  expect(counter.add).toHaveBeenCalledTimes(20_000);
  expect(counter.view).toHaveBeenCalledOnce();
});

it('wakes one listener for each key that changed, not for each message, and makes no state that nobody looks at', async () => {
  const keyOf = vi.fn(({ topic }: Tick) => topic);
  const collector = keyBy(keyOf);
  const view = vi.spyOn(collector, 'view');
  const feed = createFeed(connect(), collector);
  const woken = vi.fn();
  for (let topic = 0; topic < 1_000; topic++) feed.subscribeKey(`topic-${topic}`, woken);
  view.mockClear();
  FakeWebSocket.last.receive(...ticks(10_000, 100));
  await vi.advanceTimersByTimeAsync(20);
  expect(woken).toHaveBeenCalledTimes(100);
  expect(keyOf.mock.calls.length).toBeLessThanOrEqual(2 * 10_000);
  expect(view).not.toHaveBeenCalled();
});

it('encodes each message once and hands it to the socket once', () => {
  const codec = json<Tick, number>();
  const encode = vi.spyOn(codec, 'encode');
  const connection = createConnection<Tick, number>('ws://a.test/', { codec });
  connection.connect();
  for (let message = 0; message < 500; message++) connection.send(message);
  FakeWebSocket.last.accept();
  for (let message = 500; message < 1_000; message++) connection.send(message);
  expect(encode).toHaveBeenCalledTimes(1_000);
  expect(FakeWebSocket.last.sent).toEqual(Array.from({ length: 1_000 }, (_, message) => String(message)));
});

it('sends one frame for each of 1,000 channels, and leaves no timer running once they are joined', async () => {
  const connection = createConnection('ws://a.test/', { channels: envelope({ heartbeat: false }) });
  const joined = vi.fn();
  for (let topic = 0; topic < 1_000; topic++) {
    const one = channel(connection, `topic-${topic}`);
    one.subscribe(() => one.getSnapshot().status === 'joined' && joined());
    one.retain();
  }
  FakeWebSocket.last.accept();
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toHaveLength(1_000);
  agree();
  expect(joined).toHaveBeenCalledTimes(1_000);
  await vi.advanceTimersByTimeAsync(5_000); // for which the line has to be up before it counts as stable
  expect(vi.getTimerCount()).toBe(0);
});
