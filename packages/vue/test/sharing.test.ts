import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h, nextTick, ref } from 'vue';
import { connectionPlugin, json, keepLast, useWebSocket, type Address, type UseWebSocketOptions } from '../src';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { component, installFakes, mount, mountSetup, pass } from './setting';

installFakes();

const URL_A = 'ws://a.test/';

const line = ({ url = URL_A, ...options }: { url?: Address } & UseWebSocketOptions) =>
  component(
    () => useWebSocket(url, options),
    ({ status }) => status.value,
  );

describe('who shares', () => {
  it.each([
    ['the same URL', {}, {}, 1],
    ['the same URL, one as an object', { url: new URL(URL_A) }, {}, 1],
    ['the same URL, one by a getter', { url: (): string => URL_A }, {}, 1],
    ['the same URL and protocols', { protocols: ['v1'] }, { protocols: ['v1'] }, 1],
    ['the same protocols, one in a ref', { protocols: ref(['v1']) }, { protocols: ['v1'] }, 1],
    ['other protocols', { protocols: 'v1' }, { protocols: 'v2' }, 2],
    ['share: false in one', { share: false }, {}, 2],
    ['share: false in both', { share: false }, { share: false }, 2],
    ['the same name', { share: 'feed' }, { share: 'feed' }, 1],
    ['another name', { share: 'feed' }, { share: 'chat' }, 2],
    ['a name in one', { share: 'feed' }, {}, 2],
    ['a provider', { url: async (): Promise<string> => URL_A }, { url: async (): Promise<string> => URL_A }, 2],
    [
      'a provider, and a name',
      { url: async (): Promise<string> => URL_A, share: 'feed' },
      { url: async (): Promise<string> => URL_A, share: 'feed' },
      1,
    ],
    ['protocols by a provider', { protocols: () => 'v1' }, { protocols: () => 'v1' }, 2],
  ])('%s', async (_case, one, other, sockets) => {
    const [One, Other] = [line(one), line(other)];
    mount(() => [h(One), h(Other)]);
    await pass();
    expect(FakeWebSocket.all).toHaveLength(sockets);
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('an app with the plugin shares only within itself', () => {
    const Page = defineComponent(() => () => [h(line({})), h(line({}))]);
    mount(Page);
    mount(Page);
    expect(FakeWebSocket.all).toHaveLength(1);
    mount(Page, (app) => app.use(connectionPlugin));
    expect(FakeWebSocket.all).toHaveLength(2);
  });
});

describe('sharing', () => {
  it('gives each component the messages its own way', async () => {
    const heard = vi.fn();
    const one = mountSetup(() => useWebSocket(URL_A));
    const other = mountSetup(() =>
      useWebSocket(URL_A, { collect: keepLast(2), select: (kept) => kept.length, onMessage: heard }),
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one', 'two', 'three');
    await pass();
    expect([one.data.value, other.data.value]).toEqual(['three', 2]);
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it('ends with the last component', async () => {
    const one = mountSetup(() => useWebSocket(URL_A));
    const other = mountSetup(() => useWebSocket(URL_A));
    one.unmount();
    await pass(1_000);
    expect(FakeWebSocket.open).toHaveLength(1);
    other.unmount();
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });

  it('keeps the socket through a change from page to page', async () => {
    const page = ref('one');
    const pages: Record<string, ReturnType<typeof line>> = { one: line({}), two: line({}) };
    mount(() => h(pages[page.value]!));
    FakeWebSocket.last.accept();
    page.value = 'two';
    await nextTick();
    await pass();
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(FakeWebSocket.open).toHaveLength(1);
  });

  it('warns once, in development, of options that differ, and names them', () => {
    vi.mocked(console.warn).mockImplementation(() => {});
    const Other = line({ heartbeat: { message: 'ping' }, codec: json() as never });
    mount(() => [h(line({})), h(Other), h(Other)]);
    expect(console.warn).toHaveBeenCalledOnce();
    expect(vi.mocked(console.warn).mock.calls[0]?.[0]).toMatch(/`heartbeat`.*share: false/s);
  });

  it('does not compare what is the component’s own', () => {
    mount(() => [
      h(line({})),
      h(line({ onMessage() {}, flush: 'sync', enabled: false, collect: keepLast(1) as never })),
    ]);
    expect(console.warn).not.toHaveBeenCalled();
  });
});
