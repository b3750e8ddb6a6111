import { render, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { expect, it, vi } from 'vitest';
import { countBy, createConnection, createFeed, json, keepLast, keyBy, useFeed } from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { installFakes, pass } from './setting';

installFakes();

interface Tick {
  id: string;
  price: number;
}

const ticks = () => createConnection('ws://a.test/', { codec: json<Tick>() });
const tick = (id: string, price: number) => JSON.stringify({ id, price });

it('holds the line while mounted, under StrictMode too', () => {
  const feed = createFeed(ticks(), keepLast<Tick>(2));
  const { result, unmount } = renderHook(() => useFeed(feed), { wrapper: StrictMode });
  pass();
  expect(FakeWebSocket.all).toHaveLength(1);
  FakeWebSocket.last.accept();
  FakeWebSocket.last.receive(tick('a', 1), tick('b', 2), tick('c', 3));
  pass();
  expect(result.current.map(({ id }) => id)).toEqual(['b', 'c']);
  unmount();
  pass();
  expect(FakeWebSocket.open).toHaveLength(0);
});

it('renders only for a change of the selected part', () => {
  const feed = createFeed(
    ticks(),
    keyBy(({ id }: Tick) => id),
  );
  const rendered = vi.fn();
  renderHook(() => rendered(useFeed(feed, (byId) => byId.size)));
  FakeWebSocket.last.accept();
  FakeWebSocket.last.receive(tick('a', 1));
  pass();
  FakeWebSocket.last.receive(tick('a', 2), tick('a', 3));
  pass();
  expect(rendered.mock.calls).toEqual([[0], [1]]);
});

it('keeps the part that isEqual calls the same, from a selector that makes new objects', () => {
  const feed = createFeed(
    ticks(),
    keyBy(({ id }: Tick) => id),
  );
  const rendered = vi.fn();
  renderHook(() =>
    rendered(
      useFeed(
        feed,
        (byId) => [...byId.keys()],
        (before, after) => before.join() === after.join(),
      ),
    ),
  );
  FakeWebSocket.last.accept();
  FakeWebSocket.last.receive(tick('a', 1));
  pass();
  FakeWebSocket.last.receive(tick('a', 2));
  pass();
  expect(rendered.mock.calls).toEqual([[[]], [['a']]]);
});

it('wakes only the components whose key changed', () => {
  const feed = createFeed(
    ticks(),
    keyBy(({ id }: Tick) => id),
  );
  const rendered = vi.fn();
  const Tile = ({ id }: { id: string }) => {
    const price = useFeed(feed, id)?.price;
    rendered(id, price);
    return <p>{price}</p>;
  };
  render(
    <>
      <Tile id="a" />
      <Tile id="b" />
      <Tile id="c" />
    </>,
  );
  FakeWebSocket.last.accept();
  rendered.mockClear();
  FakeWebSocket.last.receive(tick('a', 1), tick('c', 2), tick('a', 3));
  pass();
  expect(rendered.mock.calls).toEqual([
    ['a', 3],
    ['c', 2],
  ]);
});

it('moves to another key at once, and no longer hears the one before', () => {
  const feed = createFeed(
    ticks(),
    countBy(({ id }: Tick) => id),
  );
  const rendered = vi.fn();
  const { rerender } = renderHook(({ id }) => rendered(id, useFeed(feed, id)), { initialProps: { id: 'a' } });
  FakeWebSocket.last.accept();
  FakeWebSocket.last.receive(tick('a', 1), tick('b', 1), tick('b', 1));
  pass();
  rerender({ id: 'b' });
  FakeWebSocket.last.receive(tick('a', 1));
  pass();
  expect(rendered.mock.calls).toEqual([
    ['a', undefined],
    ['a', 1],
    ['b', 2],
  ]);
});

it('moves to another feed', () => {
  const feeds = [
    createFeed(
      ticks(),
      countBy(({ id }: Tick) => id),
    ),
    createFeed(
      ticks(),
      countBy(({ id }: Tick) => id),
    ),
  ] as const;
  const { result, rerender } = renderHook(
    ({ index }: { index: 0 | 1 }) => useFeed(feeds[index], (counts) => counts.size),
    {
      initialProps: { index: 0 },
    },
  );
  FakeWebSocket.last.accept();
  FakeWebSocket.last.receive(tick('a', 1));
  pass();
  expect(result.current).toBe(1);
  rerender({ index: 1 });
  pass();
  expect(result.current).toBe(0);
  expect(FakeWebSocket.open).toHaveLength(1);
});
