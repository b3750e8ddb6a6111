import { describe, expect, it, vi } from 'vitest';
import { h, ref } from 'vue';
import {
  connectionPlugin,
  createConnection,
  provideConnection,
  useConnection,
  useConnectionStatus,
  useOnReconnect,
  useWebSocket,
  type Connection,
} from '../src';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { component, inScope, installFakes, mount, mountSetup, pass } from './setting';

installFakes();

const URL_A = 'ws://a.test/';

const badge = () =>
  component(
    () => useConnectionStatus(),
    (status) => status.value,
  );

describe('provideConnection', () => {
  it('gives the connection to the components below and holds the line while mounted', async () => {
    const Badge = badge();
    const connection = createConnection(URL_A);
    const { element, unmount } = mount({
      setup() {
        expect(provideConnection(connection)).toBe(connection);
        expect(FakeWebSocket.all).toEqual([]);
        return () => h(Badge);
      },
    });
    FakeWebSocket.last.accept();
    await pass();
    expect(element.textContent).toBe('connected');
    unmount();
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });

  it('takes a URL and options, and shares like useWebSocket', async () => {
    const received = vi.fn();
    const Sender = component(() => useConnection().on('message', received));
    mount({
      setup() {
        provideConnection(URL_A);
        useWebSocket(URL_A);
        return () => h(Sender);
      },
    });
    expect(FakeWebSocket.all).toHaveLength(1);
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    expect(received).toHaveBeenCalledWith('one');
  });
});

describe('connectionPlugin', () => {
  it('provides a connection to the whole app, from mount to unmount', async () => {
    const Badge = badge();
    const connection = createConnection(URL_A);
    const { element, unmount } = mount(Badge, (app) => app.use(connectionPlugin, connection));
    FakeWebSocket.last.accept();
    await pass();
    expect(element.textContent).toBe('connected');
    unmount();
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });
});

describe('useConnection', () => {
  it.each([
    ['in a component', mountSetup],
    ['in a scope', inScope],
  ])('says what to do without a provider, %s', (_where, run) => {
    vi.mocked(console.warn).mockImplementation(() => {});
    for (const use of [useConnection, useConnectionStatus, () => useOnReconnect(() => {})]) {
      expect(() => run(() => ({ used: use() }))).toThrow(expect.objectContaining({ code: 'no-provider' }));
    }
  });
});

describe('useConnectionStatus', () => {
  it('renders for the status and nothing else, and does not ask for the line', async () => {
    const connection = createConnection(URL_A);
    const Badge = component(
      () => useConnectionStatus(connection),
      (status) => status.value,
    );
    mount(Badge);
    await pass();
    expect(FakeWebSocket.all).toEqual([]);
    connection.connect();
    FakeWebSocket.last.accept();
    await pass();
    expect(Badge.renders).toBe(2);
    FakeWebSocket.last.receive('one');
    await pass();
    expect(Badge.renders).toBe(2);
    connection.dispose();
  });

  it('follows a ref, from null to a connection', async () => {
    const connection = ref<Connection | null>(null);
    const { status } = mountSetup(() => ({ status: useConnectionStatus(() => connection.value) }));
    expect(status.value).toBe('idle');
    const made = createConnection(URL_A);
    made.connect();
    connection.value = made;
    await pass();
    expect(status.value).toBe('connecting');
    made.dispose();
  });
});

describe('useOnReconnect', () => {
  it('is called after a loss, not after the first connect, with the downtime', async () => {
    const listener = vi.fn();
    const { unmount } = mountSetup(() => {
      const { connection } = useWebSocket(URL_A, { reconnect: { jitter: 'none', initialDelay: 500 } });
      useOnReconnect(listener, connection);
      return {};
    });
    FakeWebSocket.last.accept();
    expect(listener).not.toHaveBeenCalled();
    FakeWebSocket.last.lose();
    await pass(3_000);
    FakeWebSocket.last.accept();
    expect(listener.mock.calls).toEqual([[{ downtime: 3_000, recovered: null }]]);
    unmount();
    FakeWebSocket.last.lose();
    await pass(3_000);
    expect(listener).toHaveBeenCalledOnce();
  });
});
