import { act, render, renderHook } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import {
  ConnectionProvider,
  createConnection,
  json,
  useConnection,
  useConnectionStatus,
  useOnReconnect,
  useWebSocket,
  type Connection,
} from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { installFakes, pass, silenceErrors } from './setting';

installFakes();

const URL_A = 'ws://a.test/';
const URL_B = 'ws://b.test/';
const retrying = { reconnect: { delay: () => 1_000 } };

describe('ConnectionProvider', () => {
  it('opens its url once and gives the connection to all below', () => {
    const Status = () => useConnectionStatus();
    const { container, unmount } = render(
      <ConnectionProvider url={URL_A} codec={json()}>
        <Status />
        <Status />
      </ConnectionProvider>,
      { wrapper: StrictMode },
    );
    FakeWebSocket.last.accept();
    expect(container.textContent).toBe('connectedconnected');
    expect(FakeWebSocket.all).toHaveLength(1);
    unmount();
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
  });

  it('holds a connection made elsewhere, and waits while not enabled', () => {
    const connection = createConnection(URL_A);
    const { rerender } = render(<ConnectionProvider connection={connection} enabled={false} />);
    expect(FakeWebSocket.all).toHaveLength(0);
    rerender(<ConnectionProvider connection={connection} />);
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('shares its url with the components below that name it, in its own pool', () => {
    const Line = () => useWebSocket(URL_A).status;
    render(
      <ConnectionProvider url={URL_A}>
        <Line />
      </ConnectionProvider>,
    );
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('does not render its children again when the line changes', () => {
    const rendered = vi.fn();
    const Sender = () => {
      rendered(useConnection());
      return null;
    };
    render(
      <ConnectionProvider url={URL_A}>
        <Sender />
      </ConnectionProvider>,
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    pass();
    FakeWebSocket.last.lose();
    pass();
    expect(rendered).toHaveBeenCalledTimes(1);
  });

  it('hands down the next connection when its url changes', () => {
    const Status = () => useConnectionStatus();
    const app = (url: string) => (
      <ConnectionProvider url={url}>
        <Status />
      </ConnectionProvider>
    );
    const { rerender, container } = render(app(URL_A));
    FakeWebSocket.last.accept();
    rerender(app(URL_B));
    pass();
    expect(container.textContent).toBe('connecting');
    expect(FakeWebSocket.open.map(({ url }) => url)).toEqual([URL_B]);
  });

  it('gives the nearest, and with only a pool the one above', () => {
    const inner = createConnection<string, string>(URL_B);
    const seen: unknown[] = [];
    const See = () => (seen.push(useConnection()), null);
    const outer = createConnection<string, string>(URL_A);
    render(
      <ConnectionProvider connection={outer}>
        <ConnectionProvider>
          <See />
        </ConnectionProvider>
        <ConnectionProvider connection={inner}>
          <See />
        </ConnectionProvider>
      </ConnectionProvider>,
    );
    expect(seen).toEqual([outer, inner]);
  });
});

it.each([
  ['useConnection', () => useConnection()],
  ['useConnectionStatus', () => useConnectionStatus()],
  ['useOnReconnect', () => useOnReconnect(() => {})],
])('%s says what is missing without a provider', (_name, hook) => {
  silenceErrors();
  expect(() => renderHook(hook)).toThrow('put a <ConnectionProvider> above this component');
});

describe('useConnectionStatus', () => {
  it('renders when the status changes and at nothing else, and asks for no line', () => {
    const connection = createConnection(URL_A, retrying);
    const rendered = vi.fn();
    renderHook(() => rendered(useConnectionStatus(connection)));
    pass();
    expect(FakeWebSocket.all).toHaveLength(0);
    act(() => connection.connect());
    FakeWebSocket.last.accept();
    FakeWebSocket.last.lose();
    pass(1_000);
    FakeWebSocket.last.lose();
    pass(1_000);
    act(() => connection.dispose());
    expect(rendered.mock.calls.flat()).toEqual(['idle', 'connecting', 'connected', 'reconnecting', 'disconnected']);
  });
});

describe('useOnReconnect', () => {
  const within = (connection: Connection) =>
    function Within({ children }: { children: ReactNode }) {
      return <ConnectionProvider connection={connection}>{children}</ConnectionProvider>;
    };

  it('calls the function rendered last with the downtime, and not for the first connect', () => {
    const called = vi.fn();
    const wrapper = within(createConnection(URL_A, retrying));
    const { rerender } = renderHook(({ name }) => useOnReconnect((reconnection) => called(name, reconnection)), {
      wrapper,
      initialProps: { name: 'first' },
    });
    FakeWebSocket.last.accept();
    expect(called).not.toHaveBeenCalled();
    rerender({ name: 'second' });
    FakeWebSocket.last.lose();
    pass(1_000);
    pass(500);
    FakeWebSocket.last.accept();
    expect(called.mock.calls).toEqual([['second', { downtime: 1_500, recovered: null }]]);
  });

  it('calls once under StrictMode, for a connection given to it', () => {
    const connection = createConnection(URL_A, retrying);
    const called = vi.fn();
    const { result, unmount } = renderHook(
      () => {
        useOnReconnect(called, connection);
        return useWebSocket(connection).status;
      },
      { wrapper: StrictMode },
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.lose();
    pass(1_000);
    FakeWebSocket.last.accept();
    expect(result.current).toBe('connected');
    expect(called).toHaveBeenCalledTimes(1);
    unmount();
  });
});
