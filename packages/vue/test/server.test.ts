import { describe, expect, it, vi } from 'vitest';
import { createApp, createSSRApp, defineComponent, effectScope, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import {
  connectionPlugin,
  createConnection,
  createFeed,
  keepLast,
  keyBy,
  provideConnection,
  useConnection,
  useConnectionStatus,
  useFeed,
  useOnReconnect,
  useWebSocket,
} from '../src';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { component, installFakes, mount, pass } from './setting';

installFakes();

const URL_A = 'ws://a.test/';

const Below = component(
  () => {
    useOnReconnect(() => {});
    return { status: useConnectionStatus(), connection: useConnection() };
  },
  ({ status, connection }) => `${status.value} ${connection.getSnapshot().status}`,
);

const Page = defineComponent(() => {
  const { status, data, send, connect, reconnect } = useWebSocket(URL_A, { collect: keepLast(3) });
  const own = useWebSocket(URL_A, { share: false });
  const provided = useWebSocket(async () => URL_A);
  const prices = useFeed(createFeed(createConnection(URL_A), keyBy(String)), (byKey) => byKey.size);
  provideConnection(URL_A, { protocols: 'v1' });
  send('from setup');
  own.connect();
  connect();
  reconnect();
  const text = () => [status.value, data.value.length, own.status.value, provided.status.value, prices.value].join(' ');
  return () => h('main', [text(), h(Below)]);
});

describe('rendering on a server', () => {
  it('opens nothing and starts no timer', async () => {
    const html = await renderToString(createSSRApp(Page));
    expect(html).toBe('<main>idle 0 idle idle 0<p>idle idle</p></main>');
    expect(FakeWebSocket.all).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('shares nothing between two requests, nor with the page', async () => {
    const seen = new Set();
    const Remembering = defineComponent(() => {
      const { connection } = useWebSocket(URL_A);
      seen.add(connection.value);
      return () => 'page';
    });
    await renderToString(createSSRApp(Remembering));
    await renderToString(createSSRApp(Remembering));
    mount(Remembering);
    expect(seen.size).toBe(3);
  });

  it('opens nothing for a store that a plugin makes', () => {
    vi.stubGlobal('window', undefined);
    createApp(Page).runWithContext(() => effectScope(true).run(() => useWebSocket(URL_A)));
    expect(FakeWebSocket.all).toEqual([]);
    vi.advanceTimersByTime(1_000);
  });

  it('opens nothing through the plugin', async () => {
    const app = createSSRApp(Below).use(connectionPlugin, createConnection(URL_A));
    expect(await renderToString(app)).toBe('<p>idle idle</p>');
    expect(FakeWebSocket.all).toEqual([]);
  });

  it('hydrates without a mismatch, then opens', async () => {
    const element = document.body.appendChild(document.createElement('div'));
    element.innerHTML = await renderToString(createSSRApp(Page));
    const server = element.firstElementChild;
    const app = createSSRApp(Page);
    app.mount(element);
    expect(element.firstElementChild).toBe(server);
    await pass();
    for (const socket of FakeWebSocket.all) socket.accept();
    await pass();
    expect(element.textContent).toContain('connected');
    expect(console.warn).not.toHaveBeenCalled();
    expect(console.error).not.toHaveBeenCalled();
    app.unmount();
  });

  it('hydrates without a mismatch where the line is already up', async () => {
    const Status = component(
      () => useWebSocket(URL_A),
      ({ status }) => status.value,
    );
    const html = await renderToString(createSSRApp(Status));
    mount(Status);
    FakeWebSocket.last.accept();
    const element = document.body.appendChild(document.createElement('div'));
    element.innerHTML = html;
    const app = createSSRApp(Status);
    app.mount(element);
    await pass();
    expect(element.textContent).toBe('connected');
    expect(console.warn).not.toHaveBeenCalled();
    app.unmount();
  });
});
