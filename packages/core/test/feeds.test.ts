import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { countBy, createFeed, keepLast, keyBy, latest, reduce, type Collector, type FeedSource } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { stage } from './kit/stage';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

interface Tick {
  readonly symbol: string;
  readonly price: number;
}
const symbolOf = ({ symbol }: Tick) => symbol;

/** A source of messages, and how many hold on to it. */
function source<M>() {
  const listeners = new Set<(message: M) => void>();
  let holders = 0;
  const emitter: FeedSource<M> = {
    on(_event, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retain() {
      holders++;
      return () => holders--;
    },
  };
  return {
    ...emitter,
    tell: (...messages: M[]) => messages.forEach((message) => listeners.forEach((listener) => listener(message))),
    holders: () => holders,
    listeners: () => listeners.size,
  };
}

describe('collectors', () => {
  const fold = <M, S, A>({ initial, add, view }: Collector<M, S, A>, messages: M[]) => {
    const folded = messages.reduce(add, initial());
    return view ? view(folded) : folded;
  };
  const ticks: Tick[] = [
    { symbol: 'A', price: 1 },
    { symbol: 'B', price: 2 },
    { symbol: 'A', price: 3 },
  ];

  test('latest keeps the last message', () => {
    expect(fold(latest<number>(), [])).toBeUndefined();
    expect(fold(latest<number>(), [1, 2, 3])).toBe(3);
  });

  test.each([
    [0, []],
    [2, [4, 5]],
    [5, [1, 2, 3, 4, 5]],
    [9, [1, 2, 3, 4, 5]],
  ])('keepLast(%i) keeps so many, oldest first', (count, kept) => {
    expect(fold(keepLast<number>(count), [1, 2, 3, 4, 5])).toEqual(kept);
  });

  test('keyBy keeps the last message of each key', () => {
    expect(fold(keyBy(symbolOf), ticks)).toEqual(
      new Map([
        ['A', ticks[2]],
        ['B', ticks[1]],
      ]),
    );
  });

  test('countBy counts the messages of each key', () => {
    expect(fold(countBy(symbolOf), ticks)).toEqual(
      new Map([
        ['A', 2],
        ['B', 1],
      ]),
    );
  });

  test('reduce is your own fold', () => {
    expect(
      fold(
        reduce((sum: number, { price }: Tick) => sum + price, 10),
        ticks,
      ),
    ).toBe(16);
  });
});

describe('a feed', () => {
  test('starts with the first subscriber, shares it, and stops a macrotask after the last, keeping its state', () => {
    const from = source<number>();
    const feed = createFeed(from, latest<number>(), { flush: 'sync' });
    expect([from.holders(), from.listeners()]).toEqual([0, 0]);
    const stops = [feed.subscribe(() => {}), feed.subscribe(() => {}), feed.retain()];
    expect([from.holders(), from.listeners()]).toEqual([1, 1]);
    from.tell(7);
    stops.forEach((stop) => stop());
    expect([from.holders(), from.listeners()]).toEqual([1, 1]);
    vi.advanceTimersByTime(0);
    expect([from.holders(), from.listeners()]).toEqual([0, 0]);
    expect(feed.getSnapshot()).toBe(7);
    feed.subscribe(() => {});
    from.tell(8);
    expect(feed.getSnapshot()).toBe(8);
  });

  test('adds each message once, however many read', async () => {
    const from = source<number>();
    const add = vi.fn((sum: number, message: number) => sum + message);
    const feed = createFeed(from, reduce(add, 0));
    for (let reader = 0; reader < 10; reader++) feed.subscribe(() => {});
    from.tell(...Array.from({ length: 1_000 }, () => 1));
    await microtasks();
    expect(feed.getSnapshot()).toBe(1_000);
    expect(add).toHaveBeenCalledTimes(1_000);
  });

  test('loses nothing that comes in one task, and tells once', async () => {
    const from = source<number>();
    const feed = createFeed(from, keepLast<number>(2_000));
    const listener = vi.fn();
    feed.subscribe(listener);
    from.tell(...Array.from({ length: 1_000 }, (_, index) => index));
    expect(listener).not.toHaveBeenCalled();
    await microtasks();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(feed.getSnapshot()).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
  });

  test('keeps its snapshot the same object until the next flush, and earlier ones unchanged', async () => {
    const from = source<number>();
    const feed = createFeed(from, keepLast<number>(3));
    feed.retain();
    from.tell(1);
    await microtasks();
    const first = feed.getSnapshot();
    expect(feed.getSnapshot()).toBe(first);
    from.tell(2);
    expect(feed.getSnapshot()).toBe(first);
    await microtasks();
    expect(feed.getSnapshot()).toEqual([1, 2]);
    expect(first).toEqual([1]);
  });

  test('says nothing of a message that changes nothing', async () => {
    const from = source<number>();
    const feed = createFeed(
      from,
      reduce((max: number, message: number) => Math.max(max, message), 5),
    );
    const listener = vi.fn();
    feed.subscribe(listener);
    from.tell(3, 4);
    await microtasks();
    expect(listener).not.toHaveBeenCalled();
  });

  test('makes a view only when somebody looks', async () => {
    const from = source<Tick>();
    const collector = keyBy(symbolOf);
    const view = vi.fn(collector.view);
    const feed = createFeed(from, { ...collector, view });
    const made = view.mock.calls.length;
    feed.subscribeKey('A', () => {});
    for (let flush = 0; flush < 10; flush++) {
      from.tell({ symbol: 'A', price: flush });
      await microtasks();
    }
    expect(view).toHaveBeenCalledTimes(made);
    feed.getSnapshot();
    feed.getSnapshot();
    expect(view).toHaveBeenCalledTimes(made + 1);
  });

  test('tells the others when one listener throws, and goes on when a collector does', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { connection, up } = stage<string>();
    const feed = createFeed(
      connection,
      reduce((seen: string, message: string) => {
        if (message === 'poison') throw new Error('cannot fold');
        return seen + message;
      }, ''),
    );
    const sibling = vi.fn();
    feed.subscribe(() => {
      throw new Error('a listener that throws');
    });
    feed.subscribe(sibling);
    const socket = up();
    ['a', 'poison', 'b'].forEach((data) => socket.deliver(data));
    await microtasks();
    expect(sibling).toHaveBeenCalledTimes(1);
    expect(feed.getSnapshot()).toBe('ab');
    expect(report).toHaveBeenCalled();
  });

  test('holds a connection, which connects for it', () => {
    const { connection, sockets, environment, status } = stage();
    const stop = createFeed(connection, latest()).subscribe(() => {});
    expect(sockets).toHaveLength(1);
    stop();
    vi.advanceTimersByTime(0);
    environment.advance(0);
    expect(status()).toBe('disconnected');
  });
});

describe('subscribers are told', () => {
  const told = (flush: 'sync' | 'frame' | number) => {
    const from = source<number>();
    const feed = createFeed(from, latest<number>(), { flush });
    const listener = vi.fn();
    feed.subscribe(listener);
    return { from, listener, feed };
  };

  test('after each message with sync', () => {
    const { from, listener } = told('sync');
    from.tell(1, 2, 3);
    expect(listener).toHaveBeenCalledTimes(3);
  });

  test('at most every so many milliseconds with a number', () => {
    const { from, listener } = told(250);
    for (let step = 0; step < 100; step++) {
      from.tell(step);
      vi.advanceTimersByTime(10);
    }
    expect(listener).toHaveBeenCalledTimes(4);
    vi.advanceTimersByTime(250);
    expect(listener).toHaveBeenCalledTimes(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('once per animation frame, all feeds in the same', () => {
    const frames: (() => void)[] = [];
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
    vi.stubGlobal('cancelAnimationFrame', () => {});
    const [one, other] = [told('frame'), told('frame')];
    one.from.tell(1, 2);
    other.from.tell(3);
    expect(frames).toHaveLength(1);
    expect(one.listener).not.toHaveBeenCalled();
    frames[0]?.();
    expect(one.listener).toHaveBeenCalledTimes(1);
    expect(other.listener).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_000);
    expect(one.listener).toHaveBeenCalledTimes(1);
  });

  test('every 100 ms where frames do not come, as in a hidden page', () => {
    vi.stubGlobal('requestAnimationFrame', () => 1);
    const cancel = vi.fn();
    vi.stubGlobal('cancelAnimationFrame', cancel);
    const { from, listener } = told('frame');
    from.tell(1);
    vi.advanceTimersByTime(99);
    expect(listener).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(cancel).toHaveBeenCalledWith(1);
  });
});

describe('a keyed feed', () => {
  test('wakes only the readers of keys that changed: a flush costs what changed, not what there is', async () => {
    const from = source<Tick>();
    const feed = createFeed(from, keyBy(symbolOf));
    const listeners = Array.from({ length: 1_000 }, (_, index) => {
      const listener = vi.fn();
      feed.subscribeKey(`S${index}`, listener);
      return listener;
    });
    from.tell(
      { symbol: 'S1', price: 1 },
      { symbol: 'S2', price: 1 },
      { symbol: 'S1', price: 2 },
      { symbol: 'unread', price: 3 },
    );
    await microtasks();
    expect(listeners.flatMap((listener) => listener.mock.calls)).toHaveLength(2);
    expect(listeners[1]).toHaveBeenCalledTimes(1);
    expect(feed.get('S1')).toEqual({ symbol: 'S1', price: 2 });
    expect(feed.get('never')).toBeUndefined();
  });

  test('reads a key anew after its last reader has left, twice even', async () => {
    const from = source<Tick>();
    const feed = createFeed(from, keyBy(symbolOf));
    feed.retain();
    const stop = feed.subscribeKey('A', () => {});
    stop();
    const listener = vi.fn();
    feed.subscribeKey('A', listener);
    stop();
    from.tell({ symbol: 'A', price: 1 });
    await microtasks();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('tells who reads everything once per flush', async () => {
    const from = source<Tick>();
    const feed = createFeed(from, countBy(symbolOf));
    const all = vi.fn();
    feed.subscribe(all);
    from.tell({ symbol: 'A', price: 1 }, { symbol: 'B', price: 1 });
    await microtasks();
    expect(all).toHaveBeenCalledTimes(1);
    expect(feed.getSnapshot()).toEqual(
      new Map([
        ['A', 1],
        ['B', 1],
      ]),
    );
  });

  test('stops waking who has left', async () => {
    const from = source<Tick>();
    const feed = createFeed(from, keyBy(symbolOf));
    const listener = vi.fn();
    feed.retain();
    feed.subscribeKey('A', listener)();
    from.tell({ symbol: 'A', price: 1 });
    await microtasks();
    expect(listener).not.toHaveBeenCalled();
  });
});
