// @vitest-environment jsdom
import { createConnection, createFeed, json, keyBy } from '@tautline/core';
import { useFeed, useWebSocket } from '@tautline/react';
import { useFeed as useVueFeed } from '@tautline/vue';
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
