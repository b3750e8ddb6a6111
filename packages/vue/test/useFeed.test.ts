import { describe, expect, it, vi } from 'vitest';
import { h, ref } from 'vue';
import { createConnection, createFeed, json, keepLast, keyBy, useFeed } from '../src';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { component, inScope, installFakes, mount, mountSetup, pass } from './setting';

installFakes();

interface Price {
  readonly symbol: string;
  readonly price: number;
}

const connect = () => createConnection<Price, never>('ws://a.test/', { codec: json<Price, never>() });
const pricesOf = () =>
  createFeed(
    connect(),
    keyBy(({ symbol }: Price) => symbol),
  );

async function receive(...prices: readonly (readonly [symbol: string, price: number])[]) {
  if (FakeWebSocket.last.readyState === 0) FakeWebSocket.last.accept();
  FakeWebSocket.last.receive(...prices.map(([symbol, price]) => JSON.stringify({ symbol, price })));
  await pass();
}

describe('useFeed', () => {
  it('gives the whole state, and holds the line while mounted', async () => {
    const feed = createFeed(connect(), keepLast<Price>(2));
    const { state, unmount } = mountSetup(() => {
      const state = useFeed(feed);
      expect(FakeWebSocket.all).toEqual([]);
      return { state };
    });
    await receive(['A', 1], ['B', 2], ['C', 3]);
    expect(state.value.map(({ symbol }) => symbol)).toEqual(['B', 'C']);
    unmount();
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });

  it('shows at the first render what the feed already has', async () => {
    const feed = pricesOf();
    inScope(() => ({ all: useFeed(feed) }));
    await receive(['A', 1]);
    const Late = component(
      () => useFeed(feed, 'A'),
      (value) => value.value?.price,
    );
    const { element } = mount(Late);
    expect(element.textContent).toBe('1');
    await pass();
    expect(Late.renders).toBe(1);
  });

  it('wakes only the components whose key changed', async () => {
    const feed = pricesOf();
    const tile = (symbol: string) =>
      component(
        () => useFeed(feed, symbol),
        (value) => value.value?.price,
      );
    const [A, B] = [tile('A'), tile('B')];
    const { element } = mount(() => [h(A), h(B)]);
    await receive(['A', 1], ['A', 2]);
    expect([A.renders, B.renders, element.textContent]).toEqual([2, 1, '2undefined']);
    await receive(['B', 3]);
    expect([A.renders, B.renders, element.textContent]).toEqual([2, 2, '23']);
  });

  it('follows a key that changes', async () => {
    const feed = pricesOf();
    const key = ref('A');
    const { byRef, byGetter } = mountSetup(() => ({
      byRef: useFeed(feed, key),
      byGetter: useFeed(feed, () => key.value),
    }));
    await receive(['A', 1], ['B', 2]);
    expect([byRef.value?.price, byGetter.value?.price]).toEqual([1, 1]);
    key.value = 'B';
    await pass();
    expect([byRef.value?.price, byGetter.value?.price]).toEqual([2, 2]);
    await receive(['B', 3]);
    expect([byRef.value?.price, byGetter.value?.price]).toEqual([3, 3]);
  });

  it('renders only when the selected part changed', async () => {
    const feed = pricesOf();
    const Count = component(
      () => useFeed(feed, (prices) => prices.size),
      (count) => count.value,
    );
    const Symbols = component(
      () =>
        useFeed(
          feed,
          (prices) => [...prices.keys()],
          (before, after) => before.join() === after.join(),
        ),
      (symbols) => symbols.value,
    );
    const { element } = mount(() => [h(Count), h(Symbols)]);
    await receive(['A', 1]);
    await receive(['A', 2]);
    expect([Count.renders, Symbols.renders, element.textContent]).toEqual([2, 2, '1A']);
  });

  it('calls a selector that takes its state by another name than a parameter', async () => {
    const feed = createFeed(connect(), keepLast<Price>(2));
    const { count } = mountSetup(() => ({ count: useFeed(feed, (...[kept]: [readonly Price[]]) => kept.length) }));
    await receive(['A', 1]);
    expect(count.value).toBe(1);
  });

  it('folds each message once for all components', async () => {
    const keyOf = vi.fn(({ symbol }: Price) => symbol);
    const feed = createFeed(connect(), { ...keyBy(keyOf), keyOf: ({ symbol }: Price) => symbol });
    const Tile = component(() => useFeed(feed, 'A'));
    mount(() => Array.from({ length: 20 }, () => h(Tile)));
    await receive(['A', 1], ['B', 2]);
    expect(keyOf).toHaveBeenCalledTimes(2);
  });
});
