// @vitest-environment jsdom
import { createConnection, createFeed, json, keyBy } from '@tautline/core';
import { useFeed, useWebSocket } from '@tautline/react';
import { useFeed as useVueFeed, useWebSocket as useVueWebSocket } from '@tautline/vue';
import { act, render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { createApp, defineComponent, h } from 'vue';
import { FakeWebSocket } from '../../test/support/fakeWebSocket';
import { installFakes, ticks, type Tick } from './setting';

installFakes();

const TOPICS = Array.from({ length: 1_000 }, (_, topic) => `topic-${topic}`);

const createTicks = () =>
  createFeed(
    createConnection<Tick>('ws://a.test/', { codec: json() }),
    keyBy(({ topic }: Tick) => topic),
  );
const aFrame = () => vi.advanceTimersByTimeAsync(20);

it('renders once for 20,000 messages in one frame, and hands each to the callback', async () => {
  const rendered = vi.fn();
  const heard = vi.fn();
  function Last() {
    const { data } = useWebSocket<string>('ws://a.test/', { onMessage: heard });
    rendered();
    return <p>{data}</p>;
  }
  const { container } = render(<Last />);
  await act(aFrame);
  await act(async () => FakeWebSocket.last.accept());
  rendered.mockClear();
  await act(async () => {
    for (let message = 1; message <= 20_000; message++) FakeWebSocket.last.receive(`message ${message}`);
    await aFrame();
  });
  expect(rendered).toHaveBeenCalledOnce();
  expect(heard).toHaveBeenCalledTimes(20_000);
  expect(container.textContent).toBe('message 20000');
});

it('renders the tiles whose topics changed, once a frame, of 1,000 in React', async () => {
  const feed = createTicks();
  const rendered = vi.fn();
  function Tile({ topic }: { topic: string }) {
    rendered();
    return <i>{useFeed(feed, topic)?.value}</i>;
  }
  render(TOPICS.map((topic) => <Tile key={topic} topic={topic} />));
  await act(aFrame);
  await act(async () => FakeWebSocket.last.accept());
  rendered.mockClear();
  await act(async () => {
    FakeWebSocket.last.receive(...ticks(10_000, 167));
    await aFrame();
  });
  expect(rendered).toHaveBeenCalledTimes(167);
});

it('renders the tiles whose topics changed, once a frame, of 1,000 in Vue', async () => {
  const feed = createTicks();
  const rendered = vi.fn();
  const Tile = defineComponent(
    ({ topic }: { topic: string }) => {
      const tick = useVueFeed(feed, topic);
      return () => {
        rendered();
        return h('i', tick.value?.value);
      };
    },
    { props: ['topic'] },
  );
  const app = createApp(() => TOPICS.map((topic) => h(Tile, { key: topic, topic })));
  app.mount(document.createElement('main'));
  await aFrame();
  FakeWebSocket.last.accept();
  rendered.mockClear();
  FakeWebSocket.last.receive(...ticks(10_000, 167));
  await aFrame();
  expect(rendered).toHaveBeenCalledTimes(167);
  app.unmount();
});

/** A connection that counts who listens. */
function counted() {
  const connection = createConnection('ws://a.test/');
  const [on, subscribe] = [vi.fn(connection.on), vi.fn(connection.subscribe)];
  return { on, subscribe, connection: { ...connection, on, subscribe } };
}

it('listens once to a connection that 1,000 components look at, in React', async () => {
  const { on, subscribe, connection } = counted();
  const Reader = () => useWebSocket(connection).status;
  const { container, unmount } = render(TOPICS.map((topic) => <Reader key={topic} />));
  await act(aFrame);
  await act(async () => FakeWebSocket.last.accept());
  expect(container.textContent).toBe('connected'.repeat(1_000));
  expect([on, subscribe].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  unmount();
  await aFrame();
  expect(FakeWebSocket.open).toHaveLength(0);
});

it('listens once to a connection that 1,000 components look at, in Vue', async () => {
  const { on, subscribe, connection } = counted();
  const Reader = defineComponent(() => {
    const { status } = useVueWebSocket(connection);
    return () => status.value;
  });
  const root = document.createElement('main');
  const app = createApp(() => TOPICS.map((topic) => h(Reader, { key: topic })));
  app.mount(root);
  FakeWebSocket.last.accept();
  await aFrame();
  expect(root.textContent).toBe('connected'.repeat(1_000));
  expect([on, subscribe].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  app.unmount();
  await aFrame();
  expect(FakeWebSocket.open).toHaveLength(0);
});
