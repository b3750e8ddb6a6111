import { describe, expect, it, vi } from 'vitest';
import { computed, effectScope, onMounted, ref } from 'vue';
import { createConnection, StopReconnecting, useWebSocket } from '../src';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { inScope, installFakes, mountSetup, pass } from './setting';

installFakes();

const URL_A = 'ws://a.test/';
const URL_B = 'ws://b.test/';

describe('the line of a component', () => {
  it('opens once, after mounting', async () => {
    const { status } = mountSetup(() => {
      const socket = useWebSocket(URL_A);
      expect(FakeWebSocket.all).toEqual([]);
      expect(socket.status.value).toBe('idle');
      return socket;
    });
    expect(status.value).toBe('connecting');
    await pass(100);
    expect(FakeWebSocket.all).toHaveLength(1);
    FakeWebSocket.last.accept();
    expect(status.value).toBe('connected');
  });

  it('is let go by unmounting, and closes after the grace', async () => {
    const { unmount } = mountSetup(() => useWebSocket(URL_A));
    FakeWebSocket.last.accept();
    unmount();
    expect(FakeWebSocket.open).toHaveLength(1);
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });

  it('survives a route change to another component that uses it', async () => {
    const { unmount } = mountSetup(() => useWebSocket(URL_A));
    FakeWebSocket.last.accept();
    unmount();
    const { status } = mountSetup(() => useWebSocket(URL_A));
    await pass();
    expect(status.value).toBe('connected');
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('shows every field of the snapshot', async () => {
    vi.setSystemTime(1_000_000);
    const socket = mountSetup(() => useWebSocket(URL_A, { reconnect: { jitter: 'none' } }));
    FakeWebSocket.last.protocol = 'v1';
    FakeWebSocket.last.accept();
    expect(socket.readyState.value).toBe(1);
    expect(socket.subprotocol.value).toBe('v1');
    expect(socket.connectedAt.value).toBe(1_000_000);
    FakeWebSocket.last.lose(1011);
    expect(socket.status.value).toBe('reconnecting');
    expect(socket.close.value?.code).toBe(1011);
    expect(socket.error.value?.code).toBe('connection-closed');
    expect(socket.retryAt.value).toBeGreaterThan(1_000_000);
    expect(socket.paused.value).toBeNull();
    expect(socket.latency.value).toBeNull();
    await pass(2_500);
    expect(socket.attempt.value).toBe(1);
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  it('gives readonly refs', () => {
    vi.mocked(console.warn).mockImplementation(() => {});
    const { status } = mountSetup(() => useWebSocket(URL_A));
    Object.assign(status, { value: 'connected' });
    expect(status.value).toBe('connecting');
    expect(console.warn).toHaveBeenCalledOnce();
  });

  it('opens when it is first used in onMounted', () => {
    mountSetup(() => onMounted(() => useWebSocket(URL_A)));
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('queues what setup sends, until the line is up', () => {
    mountSetup(() => {
      const socket = useWebSocket(URL_A);
      expect(socket.send('hello')).toBe('queued');
      return socket;
    });
    FakeWebSocket.last.accept();
    expect(FakeWebSocket.last.sent).toEqual(['hello']);
  });

  it('throws a mistake in the options in setup', () => {
    expect(() => inScope(() => useWebSocket('ftp://a.test'))).toThrow('`url`');
    mountSetup(() => {
      expect(() => useWebSocket(URL_A, { connectTimeout: -1, share: false })).toThrow('connectTimeout');
    });
  });
});

describe('url', () => {
  it.each([
    ['a string', URL_A],
    ['a URL', new URL(URL_A)],
    ['a ref', ref(URL_A)],
    ['a getter', () => URL_A],
    ['a getter of a URL', () => new URL(URL_A)],
    ['a provider that takes the context', (context: { attempt: number }) => (context.attempt ? URL_B : URL_A)],
    ['an async provider', async () => URL_A],
    ['a getter of a provider', () => async () => URL_A],
    ['a connection', createConnection(URL_A)],
    ['a getter of a connection', () => connection],
  ])('may be %s', async (_kind, url) => {
    const { status } = mountSetup(() => useWebSocket(url));
    await pass();
    expect(FakeWebSocket.all.map((socket) => socket.url)).toEqual([URL_A]);
    FakeWebSocket.last.accept();
    expect(status.value).toBe('connected');
  });
  const connection = createConnection(URL_A);

  it('swaps the line when it changes, and starts data over', async () => {
    const url = ref(URL_A);
    const { data, status } = mountSetup(() => useWebSocket(() => url.value));
    const [first] = FakeWebSocket.all;
    first?.accept();
    first?.receive('one');
    await pass();
    expect(data.value).toBe('one');

    url.value = URL_B;
    await pass();
    first?.receive('late');
    await pass();
    expect(data.value).toBeUndefined();
    expect(status.value).toBe('connecting');
    expect(FakeWebSocket.all.map((socket) => socket.url)).toEqual([URL_A, URL_B]);
    expect(FakeWebSocket.open.map((socket) => socket.url)).toEqual([URL_B]);
  });

  it('leaves no stray socket when it changes during the attempt, or several times at once', async () => {
    const url = ref(URL_A);
    mountSetup(() => useWebSocket(url, { share: false }));
    url.value = 'ws://c.test/';
    url.value = URL_B;
    await pass();
    expect(FakeWebSocket.all.map((socket) => socket.url)).toEqual([URL_A, URL_B]);
    expect(FakeWebSocket.open).toHaveLength(1);
  });

  it('keeps the line when a getter yields the same address again', async () => {
    const room = ref({ id: 1, unread: 0 });
    mountSetup(() => useWebSocket(() => new URL(`/${room.value.id}`, URL_A), { share: false }));
    room.value = { id: 1, unread: 1 };
    await pass();
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('opens nothing while it is null', async () => {
    const url = ref<string | null>(null);
    const socket = mountSetup(() => useWebSocket(url));
    await pass();
    expect(FakeWebSocket.all).toEqual([]);
    expect(socket.status.value).toBe('idle');
    expect(socket.connection.value).toBeNull();
    expect(socket.send('lost')).toBe('dropped');
    socket.connect();
    socket.reconnect();
    socket.disconnect();

    url.value = URL_A;
    await pass();
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass();
    expect([socket.status.value, socket.data.value]).toEqual(['connected', 'one']);

    url.value = null;
    await pass();
    expect([socket.status.value, socket.data.value]).toEqual(['idle', undefined]);
    expect(FakeWebSocket.open).toEqual([]);
  });
});

describe('protocols', () => {
  const offers = () => FakeWebSocket.open.map(({ protocols }) => protocols);

  it('in a ref swap the line when they change', async () => {
    const protocols = ref<string | string[]>();
    const { data } = mountSetup(() => useWebSocket(URL_A, { protocols }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass();
    expect(data.value).toBe('one');

    protocols.value = ['v1'];
    await pass();
    expect(offers()).toEqual([['v1']]);
    expect(data.value).toBeUndefined();

    (protocols.value as string[]).push('v2');
    await pass();
    expect(offers()).toEqual([['v1', 'v2']]);
    expect(FakeWebSocket.all).toHaveLength(3);
  });

  it('in a ref keep the line when they are the same by value', async () => {
    const user = ref({ version: 1, name: 'Ann' });
    const protocols = computed(() => [`v${user.value.version}`]);
    mountSetup(() => useWebSocket(URL_A, { protocols, share: false }));
    user.value = { version: 1, name: 'Bob' };
    await pass();
    expect(FakeWebSocket.all).toHaveLength(1);
    user.value = { version: 2, name: 'Bob' };
    await pass();
    expect(offers()).toEqual([['v2']]);
  });

  it('by a function are asked for before every attempt, and it is no getter', async () => {
    const version = ref(1);
    mountSetup(() => useWebSocket(URL_A, { protocols: () => `v${version.value}`, reconnect: { jitter: 'none' } }));
    version.value = 2;
    await pass();
    expect(offers()).toEqual([['v1']]);
    FakeWebSocket.last.lose();
    await pass(2_500);
    expect(offers()).toEqual([['v2']]);
  });
});

describe('a provider', () => {
  it('is called once for every attempt, with its context', async () => {
    const provide = vi.fn(async (context: { attempt: number }) => `${URL_A}?token=${context.attempt}`);
    mountSetup(() => useWebSocket(provide, { reconnect: { jitter: 'none' } }));
    await pass();
    FakeWebSocket.last.lose();
    await pass(2_500);
    expect(FakeWebSocket.all.map((socket) => socket.url)).toEqual([`${URL_A}?token=0`, `${URL_A}?token=1`]);
    expect(provide).toHaveBeenCalledTimes(2);
  });

  it('is called once for every attempt when it is async and takes nothing', async () => {
    let token = 0;
    mountSetup(() => useWebSocket(async () => `${URL_A}?token=${token++}`, { reconnect: { jitter: 'none' } }));
    await pass();
    FakeWebSocket.last.lose();
    await pass(2_500);
    expect(FakeWebSocket.all.map((socket) => socket.url)).toEqual([`${URL_A}?token=0`, `${URL_A}?token=1`]);
  });

  it('is asked again when the attempt comes later than its first call', async () => {
    let token = 0;
    const enabled = ref(false);
    mountSetup(() => useWebSocket(async () => `${URL_A}?token=${token++}`, { enabled }));
    await pass(60_000);
    enabled.value = true;
    await pass();
    expect(FakeWebSocket.all.map((socket) => socket.url)).toEqual([`${URL_A}?token=1`]);
  });

  it('swaps the line when a ref changes that it reads before it waits', async () => {
    const base = ref(URL_A);
    mountSetup(() => useWebSocket(async () => base.value));
    await pass();
    base.value = URL_B;
    await pass();
    expect(FakeWebSocket.all.map((socket) => socket.url)).toEqual([URL_A, URL_B]);
    expect(FakeWebSocket.open).toHaveLength(1);
  });

  it('ends the attempts by throwing StopReconnecting', async () => {
    const { status, error } = mountSetup(() =>
      useWebSocket(async () => {
        throw new StopReconnecting('Signed out.');
      }),
    );
    await pass();
    expect(status.value).toBe('failed');
    expect(error.value?.message).toContain('Signed out.');
  });

  it('that rejects before anybody asks for the line is no unhandled rejection', async () => {
    const enabled = ref(false);
    const { status } = mountSetup(() => useWebSocket(() => Promise.reject(new Error('no token')), { enabled }));
    await pass();
    expect(status.value).toBe('idle');
  });
});

describe('enabled', () => {
  it('opens nothing while it is false', async () => {
    const enabled = ref(false);
    const { status, send } = mountSetup(() => useWebSocket(URL_A, { enabled: () => enabled.value }));
    await pass();
    expect(FakeWebSocket.all).toEqual([]);
    expect(status.value).toBe('idle');
    expect(send('hello')).toBe('queued');

    enabled.value = true;
    await pass();
    FakeWebSocket.last.accept();
    expect(status.value).toBe('connected');
    expect(FakeWebSocket.last.sent).toEqual(['hello']);

    enabled.value = false;
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });

  it('keeps the socket when it blinks', async () => {
    const enabled = ref(true);
    mountSetup(() => useWebSocket(URL_A, { enabled }));
    enabled.value = false;
    await Promise.resolve();
    enabled.value = true;
    await pass();
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(FakeWebSocket.open).toHaveLength(1);
  });

  it('sees a line that others hold open', async () => {
    mountSetup(() => useWebSocket(URL_A));
    const { status, data } = mountSetup(() => useWebSocket(URL_A, { enabled: false }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass();
    expect([status.value, data.value]).toEqual(['connected', 'one']);
  });

  it('yields to connect(), which lasts no longer than the component', async () => {
    const { connect, status, unmount } = mountSetup(() => useWebSocket(URL_A, { enabled: false }));
    connect();
    FakeWebSocket.last.accept();
    expect(status.value).toBe('connected');
    unmount();
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
    connect();
    expect(FakeWebSocket.all).toHaveLength(1);
  });
});

describe('wishes', () => {
  it('disconnect closes and connect opens again', async () => {
    const { connect, disconnect, status } = mountSetup(() => useWebSocket(URL_A));
    FakeWebSocket.last.accept();
    disconnect(4000, 'enough');
    await pass();
    expect(status.value).toBe('disconnected');
    connect();
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  it('reconnect replaces the socket', async () => {
    const { reconnect } = mountSetup(() => useWebSocket(URL_A));
    FakeWebSocket.last.accept();
    reconnect();
    await pass();
    expect(FakeWebSocket.all).toHaveLength(2);
    expect(FakeWebSocket.open).toHaveLength(1);
  });
});

describe('an effect scope outside of a component', () => {
  it('connects at once, and lets go when it ends', async () => {
    const { status, stop } = inScope(() => useWebSocket(URL_A));
    expect(FakeWebSocket.all).toHaveLength(1);
    FakeWebSocket.last.accept();
    expect(status.value).toBe('connected');
    stop();
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });

  it('inside a component waits until it is mounted, and may end before it', async () => {
    const { stop } = mountSetup(() => {
      const scope = effectScope();
      scope.run(() => useWebSocket(URL_A));
      expect(FakeWebSocket.all).toEqual([]);
      return { stop: () => scope.stop() };
    });
    expect(FakeWebSocket.all).toHaveLength(1);
    stop();
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });

  it('that ends before its component is mounted opens nothing', async () => {
    mountSetup(() => {
      const scope = effectScope();
      scope.run(() => useWebSocket(URL_A));
      scope.stop();
    });
    await pass();
    expect(FakeWebSocket.all).toEqual([]);
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('outlives the component in which it was made, as that of a store does', async () => {
    const scope = effectScope(true);
    const { unmount } = mountSetup(() => scope.run(() => useWebSocket(URL_A))!);
    unmount();
    await pass();
    expect(FakeWebSocket.open).toHaveLength(1);
    scope.stop();
    await pass();
    expect(FakeWebSocket.open).toEqual([]);
  });
});
