import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h, KeepAlive, nextTick, ref, watch } from 'vue';
import { json, keepLast, reduce, useWebSocket } from '../src';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { component, inScope, installFakes, mount, mountSetup, pass } from './setting';

installFakes();

const URL_A = 'ws://a.test/';
const thousand = Array.from({ length: 1_000 }, (_, index) => String(index));

describe('renders', () => {
  it('once for 1,000 messages of one task, and loses none', async () => {
    const heard = vi.fn();
    const all = component(
      () => useWebSocket(URL_A, { collect: keepLast(2_000), onMessage: heard }),
      ({ data }) => data.value.length,
    );
    const { element } = mount(all);
    FakeWebSocket.last.accept();
    await pass();
    const before = all.renders;
    FakeWebSocket.last.receive(...thousand);
    await pass();
    expect(all.renders - before).toBe(1);
    expect(element.textContent).toBe('1000');
    expect(heard.mock.calls.map(([message]) => message)).toEqual(thousand);
  });

  it('at most once per frame, however many tasks bring messages', async () => {
    const seen = component(
      () => useWebSocket(URL_A),
      ({ data }) => data.value,
    );
    mount(seen);
    FakeWebSocket.last.accept();
    await pass();
    const before = seen.renders;
    for (let task = 0; task < 160; task++) {
      FakeWebSocket.last.receive(String(task));
      await pass(1);
    }
    expect(seen.renders - before).toBeLessThanOrEqual(11);
    expect(seen.renders - before).toBeGreaterThan(5);
  });

  it('only for what a component reads', async () => {
    const status = component(
      () => useWebSocket(URL_A),
      (socket) => socket.status.value,
    );
    const data = component(
      () => useWebSocket(URL_A),
      (socket) => socket.data.value,
    );
    const sender = component(() => useWebSocket(URL_A));
    mount(() => [h(status), h(data), h(sender)]);
    expect(status.renders).toBe(1); // idle
    await pass();
    expect(status.renders).toBe(2); // connecting
    FakeWebSocket.last.accept();
    await pass();
    expect([status.renders, data.renders, sender.renders]).toEqual([3, 1, 1]);
    FakeWebSocket.last.receive('one');
    await pass();
    expect([status.renders, data.renders, sender.renders]).toEqual([3, 2, 1]);
  });

  it('only when the selected part changed', async () => {
    const even = component(
      () =>
        useWebSocket(URL_A, {
          codec: json<number>(),
          collect: reduce((sum: number, message: number) => sum + message, 0),
          select: (sum) => ({ isEven: sum % 2 === 0 }),
          isEqual: (before, after) => before.isEven === after.isEven,
        }),
      ({ data }) => data.value.isEven,
    );
    const { element } = mount(even);
    FakeWebSocket.last.accept();
    await pass();
    expect(even.renders).toBe(1);
    FakeWebSocket.last.receive('2');
    await pass();
    expect(even.renders).toBe(1);
    FakeWebSocket.last.receive('1');
    await pass();
    expect(even.renders).toBe(2);
    expect(element.textContent).toBe('false');
  });

  it('when a ref changes that the selector reads', async () => {
    const index = ref(0);
    const { data } = mountSetup(() =>
      useWebSocket(URL_A, { collect: keepLast(10), select: (kept) => kept[index.value] }),
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('zero', 'one');
    await pass();
    expect(data.value).toBe('zero');
    index.value = 1;
    expect(data.value).toBe('one');
  });

  it('with flush: sync after each task', async () => {
    const { data } = inScope(() => useWebSocket(URL_A, { flush: 'sync' }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    expect(data.value).toBe('one');
  });

  it('with a number as flush that often', async () => {
    const { data } = inScope(() => useWebSocket(URL_A, { flush: 500 }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass(499);
    expect(data.value).toBeUndefined();
    await pass(1);
    expect(data.value).toBe('one');
  });
});

describe('messages', () => {
  it('come as they are, not wrapped by Vue', async () => {
    const heard = vi.fn();
    const { data } = mountSetup(() => useWebSocket(URL_A, { codec: json<object>(), onMessage: heard }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('{"a":{}}');
    await pass();
    expect(data.value).toBe(heard.mock.calls[0]?.[0]);
  });

  it('reach everybody else when onMessage throws', async () => {
    vi.mocked(console.error).mockImplementation(() => {});
    const heard = vi.fn();
    const { data, status } = mountSetup(() =>
      useWebSocket(URL_A, {
        onMessage: () => {
          throw new Error('Oh no.');
        },
      }),
    );
    mountSetup(() => useWebSocket(URL_A, { onMessage: heard }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass();
    expect([status.value, data.value]).toEqual(['connected', 'one']);
    expect(heard.mock.calls).toEqual([['one']]);
    expect(console.error).toHaveBeenCalledOnce();
  });

  it('stop with the component, at once', async () => {
    const heard = vi.fn();
    const { unmount } = mountSetup(() => useWebSocket(URL_A, { onMessage: heard, collect: reduce(heard, undefined) }));
    FakeWebSocket.last.accept();
    unmount();
    FakeWebSocket.last.receive('late');
    await pass();
    expect(heard).not.toHaveBeenCalledWith('late');
  });

  it('reach onMessage once each while enabled changes', async () => {
    const enabled = ref(true);
    const heard = vi.fn();
    mountSetup(() => useWebSocket(URL_A));
    mountSetup(() => useWebSocket(URL_A, { enabled, onMessage: heard }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    enabled.value = false;
    await pass();
    FakeWebSocket.last.receive('two');
    expect(heard.mock.calls).toEqual([['one'], ['two']]);
  });
});

describe('under KeepAlive', () => {
  async function setUp(onMessage: () => void = () => {}) {
    const isShown = ref(true);
    const watched = vi.fn();
    const inner = component(
      () => {
        const socket = useWebSocket(URL_A, { collect: keepLast(100), onMessage });
        watch(socket.data, watched);
        return socket;
      },
      ({ status, data }) => `${status.value} ${data.value.join()}`,
    );
    const Page = defineComponent(() => () => h('section', [h(inner)]));
    const Other = defineComponent(() => () => h('aside'));
    const { element } = mount(() => h(KeepAlive, null, { default: () => h(isShown.value ? Page : Other) }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass();
    return { isShown, watched, inner, element };
  }

  it('a deactivated component keeps the line and does not render', async () => {
    const heard = vi.fn();
    const { isShown, inner, watched } = await setUp(heard);
    isShown.value = false;
    await nextTick();
    const renders = inner.renders;
    watched.mockClear();
    FakeWebSocket.last.receive('two');
    await pass(100);
    FakeWebSocket.last.lose();
    await pass(100);
    expect(inner.renders).toBe(renders);
    expect(watched).not.toHaveBeenCalled();
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('an activated component catches up at once, with nothing lost', async () => {
    const { isShown, element } = await setUp();
    expect(element.textContent).toBe('connected one');
    isShown.value = false;
    await nextTick();
    FakeWebSocket.last.receive('two', 'three');
    await pass(100);
    FakeWebSocket.last.receive('four');
    isShown.value = true;
    await nextTick();
    expect(element.textContent).toBe('connected one,two,three,four');
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('a line of a store made in a component is not paused with that component', async () => {
    const isShown = ref(true);
    let store: ReturnType<typeof useStored> | undefined;
    const useStored = () => inScope(() => useWebSocket(URL_A));
    const Page = defineComponent(() => {
      store ??= useStored();
      return () => h('section');
    });
    const Other = defineComponent(() => () => h('aside'));
    mount(() => h(KeepAlive, null, { default: () => h(isShown.value ? Page : Other) }));
    isShown.value = false;
    await nextTick();
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass();
    expect([store?.status.value, store?.data.value]).toEqual(['connected', 'one']);
  });
});
