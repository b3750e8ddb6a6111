import { render, renderHook } from '@testing-library/react';
import { StrictMode, Suspense, type ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionProvider, createPool, useWebSocket, type MessageOptions } from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { installFakes, pass, passAsync } from './setting';

installFakes();

const URL_A = 'ws://a.test/';
const URL_B = 'ws://b.test/';

type Heard = Pick<MessageOptions<string, string, string, string>, 'onMessage'>;
const useData = (url: string, options?: Heard) => useWebSocket<string>(url, options).data;

// First, since no other test of this file has rendered a provider yet.
it('a component that was there before any provider stays in the pool of the page', () => {
  const Line = () => useWebSocket(URL_A).status;
  const before = render(<Line />);
  const below = () => (
    <ConnectionProvider pool={pool}>
      <Line />
    </ConnectionProvider>
  );
  const pool = createPool();
  const after = render(below());
  before.rerender(<Line />);
  after.rerender(below());
  render(<Line />);
  expect(FakeWebSocket.all).toHaveLength(2);
  expect(console.error).not.toHaveBeenCalled();
});

describe('a component that names nothing but a URL at first', () => {
  it.each(['plain', 'StrictMode'])('may hand in a function later, another one, and none (%s)', (mode) => {
    const heard = vi.fn();
    const { rerender, result, unmount } = renderHook(({ options }) => useData(URL_A, options), {
      initialProps: {} as { options?: Heard },
      ...(mode === 'StrictMode' ? { wrapper: StrictMode } : {}),
    });
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('unheard');
    for (const name of ['first', 'second']) {
      rerender({ options: { onMessage: (message) => heard(name, message) } });
      FakeWebSocket.last.receive('heard');
    }
    rerender({});
    FakeWebSocket.last.receive('last');
    pass();
    expect(heard.mock.calls).toEqual([
      ['first', 'heard'],
      ['second', 'heard'],
    ]);
    expect(result.current).toBe('last');
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(console.error).not.toHaveBeenCalled();
    unmount();
    FakeWebSocket.last.receive('gone');
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('may select, and be enabled and not, later', () => {
    const { rerender, result } = renderHook(
      ({ options }) =>
        useWebSocket<string, string, string | undefined, string | undefined, unknown>(URL_A, options).data,
      {
        initialProps: {} as { options?: { select: (last?: string) => unknown; enabled?: boolean } },
      },
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('four');
    pass();
    rerender({ options: { select: (last) => last?.length } });
    expect(result.current).toBe(4);
    rerender({ options: { select: (last) => last?.toUpperCase(), enabled: false } });
    expect(result.current).toBe('FOUR');
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
    rerender({});
    pass();
    expect(FakeWebSocket.open).toHaveLength(1);
    expect(result.current).toBe('four');
  });

  it('may name another URL with functions, which are the ones rendered last', async () => {
    const { rerender } = renderHook(
      ({ token }) =>
        useWebSocket(
          token ? () => `${URL_B}?token=${token}` : URL_A,
          token ? { reconnect: { delay: () => 10 } } : undefined,
        ),
      { initialProps: {} as { token?: string } },
    );
    rerender({ token: 'old' });
    await passAsync();
    rerender({ token: 'new' });
    FakeWebSocket.last.lose();
    await passAsync();
    expect(FakeWebSocket.all.map(({ url }) => url)).toEqual([URL_A, `${URL_B}?token=old`, `${URL_B}?token=new`]);
  });
});

describe.each(['from the first render on', 'later'])(
  'a render that was thrown away, of who hands in a function %s',
  (since) => {
    const never = new Promise(() => {});
    const heard = vi.fn();
    beforeEach(() => heard.mockClear());

    interface Props {
      url?: string;
      name?: string;
      waits?: boolean;
    }

    function Line({ url = URL_A, name, waits }: Props): ReactNode {
      const data = useData(url, name ? { onMessage: (message) => heard(name, message) } : undefined);
      if (waits) throw never; // how a component suspends
      return `${name} ${data}`;
    }

    function show() {
      const app = (props: Props) => (
        <Suspense fallback="waiting">
          <Line {...props} />
        </Suspense>
      );
      const { container, rerender } = render(app(since === 'later' ? {} : { name: 'first' }));
      const update = (props: Props) => rerender(app(props));
      update({ name: 'first' });
      FakeWebSocket.last.accept();
      FakeWebSocket.last.receive('one');
      pass();
      return { container, update };
    }

    it('hands in nothing', () => {
      const { update } = show();
      update({ name: 'never shown', waits: true });
      FakeWebSocket.last.receive('two');
      update({ name: 'second' });
      FakeWebSocket.last.receive('three');
      expect(heard.mock.calls).toEqual([
        ['first', 'one'],
        ['first', 'two'],
        ['second', 'three'],
      ]);
    });

    it('with another URL moves nothing', () => {
      const { container, update } = show();
      update({ url: URL_B, name: 'never shown', waits: true });
      update({ url: URL_B, name: 'never shown', waits: true });
      pass(1_000);
      update({ name: 'first' });
      expect(container.textContent).toBe('first one');
      expect(FakeWebSocket.all.map(({ url }) => url)).toEqual([URL_A]);
    });
  },
);

describe('what is returned', () => {
  it('has all fields, by name and by list', () => {
    const { result } = renderHook(() => useWebSocket(URL_A));
    const { connection } = result.current;
    const fields = [
      ...Object.keys(connection.getSnapshot()),
      'data',
      'connection',
      'connect',
      'reconnect',
      'disconnect',
      'send',
    ];
    expect(Object.keys(result.current)).toEqual(fields);
    expect(fields.every((field) => field in result.current && Object.hasOwn(result.current, field))).toBe(true);
    expect('snapshot' in result.current || 'source' in result.current).toBe(false);
    expect({ ...result.current }.send).toBe(connection.send);
    expect(String(result.current)).toBe('[object Object]');
  });

  it('is of its moment in what was read', () => {
    const { result } = renderHook(() => {
      const line = useWebSocket(URL_A);
      return { line, status: line.status };
    });
    const { line } = result.current;
    FakeWebSocket.last.accept();
    expect([line.status, result.current.line.status]).toEqual(['connecting', 'connected']);
  });
});
