import { createConnection } from '@tautline/core';
import { render, renderHook } from '@testing-library/react';
import * as React from 'react';
import { StrictMode, Suspense, useEffect, useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { useWebSocket, type UseWebSocketOptions } from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { pass, passAsync, installFakes, silenceErrors } from './setting';

installFakes();

const URL_A = 'ws://a.test/';
const URL_B = 'ws://b.test/';

function Line({ url = URL_A, ...options }: { url?: string | null } & UseWebSocketOptions): ReactNode {
  return useWebSocket(url, options).status;
}

describe('opening', () => {
  it('opens one socket under StrictMode', () => {
    render(<Line />, { wrapper: StrictMode });
    pass();
    FakeWebSocket.last.accept();
    pass();
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('opens one socket under StrictMode that is not shared', () => {
    const { container } = render(<Line share={false} />, { wrapper: StrictMode });
    pass();
    FakeWebSocket.last.accept();
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(container.textContent).toBe('connected');
  });

  it('opens one socket for an inline async url in a component that renders every 50 ms', async () => {
    const provider = vi.fn();
    function Busy() {
      const [count, setCount] = useState(0);
      useEffect(() => {
        const timer = setInterval(() => setCount((before) => before + 1), 50);
        return () => clearInterval(timer);
      }, []);
      const { status } = useWebSocket(
        async () => {
          provider();
          await new Promise((resolve) => setTimeout(resolve, 120));
          return `${URL_A}?render=${count}`;
        },
        { reconnect: { initialDelay: 100 }, heartbeat: { message: () => 'ping' }, protocols: ['one', 'two'] },
      );
      return `${status} ${count}`;
    }
    const { container } = render(<Busy />, { wrapper: StrictMode });
    await passAsync(2_000);
    expect(container.textContent).toMatch(/^connecting (39|40)$/);
    expect(provider).toHaveBeenCalledTimes(1);
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('keeps one socket while inline objects and functions change in each render', () => {
    const { rerender } = render(<Line protocols={['v1']} reconnect={{ maxDelay: 5_000 }} onMessage={() => {}} />);
    for (let count = 0; count < 20; count++) {
      rerender(<Line protocols={['v1']} reconnect={{ maxDelay: 5_000 }} onMessage={() => {}} inspect={() => {}} />);
      pass();
    }
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('accepts a URL object, and a new one for the same address changes nothing', () => {
    const { rerender } = renderHook(() => useWebSocket(new URL(URL_A)));
    rerender();
    pass();
    expect(FakeWebSocket.all.map(({ url }) => url)).toEqual([URL_A]);
  });

  it('throws for an invalid URL while rendering', () => {
    silenceErrors();
    expect(() => render(<Line url="ftp://a.test" />)).toThrow('`url` is ftp://a.test');
  });
});

describe('changing the URL', () => {
  it('closes the old socket and opens the new one', () => {
    const { rerender, container } = render(<Line url={URL_A} />, { wrapper: StrictMode });
    FakeWebSocket.last.accept();
    rerender(<Line url={URL_B} />);
    expect(container.textContent).toBe('connecting');
    pass();
    expect(FakeWebSocket.all.map(({ url }) => url)).toEqual([URL_A, URL_B]);
    expect(FakeWebSocket.open.map(({ url }) => url)).toEqual([URL_B]);
  });

  it('leaves no stray socket when it changes in the middle of an attempt', async () => {
    const { rerender } = render(<Line url={URL_A} />);
    rerender(<Line url={URL_B} />);
    rerender(<Line url={URL_A} />);
    rerender(<Line url={URL_B} />);
    await passAsync();
    expect(FakeWebSocket.open.map(({ url }) => url)).toEqual([URL_B]);
  });

  it('starts the data over', () => {
    const { rerender, result } = renderHook(({ url }) => useWebSocket(url).data, { initialProps: { url: URL_A } });
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('from a');
    pass();
    expect(result.current).toBe('from a');
    rerender({ url: URL_B });
    expect(result.current).toBe(undefined);
  });

  it('never shows what belongs to the connection before', () => {
    const seen: string[] = [];
    function Seen({ url }: { url: string }) {
      const { connection, status } = useWebSocket(url);
      useEffect(() => {
        seen.push(`${connection.getSnapshot().status}=${status}`);
      });
      return null;
    }
    const { rerender } = render(<Seen url={URL_A} />);
    FakeWebSocket.last.accept();
    rerender(<Seen url={URL_B} />);
    expect(seen).toContain('connected=connected');
    expect(seen.at(-1)).toBe('connecting=connecting');
  });

  it('treats other protocols as another connection', () => {
    const { rerender } = render(<Line protocols="v1" />);
    rerender(<Line protocols="v2" />);
    pass();
    expect(FakeWebSocket.open.map(({ protocols }) => protocols)).toEqual([['v2']]);
  });
});

describe('unmounting', () => {
  it('closes the socket after the grace', () => {
    const { unmount } = render(<Line />);
    FakeWebSocket.last.accept();
    unmount();
    expect(FakeWebSocket.open).toHaveLength(1);
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
  });

  it('keeps a socket that the next route shares', () => {
    const { rerender } = render(<Line key="one" />);
    FakeWebSocket.last.accept();
    rerender(<Line key="two" />);
    pass();
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(FakeWebSocket.open).toHaveLength(1);
  });

  it('keeps a connection made elsewhere through the change of a route', () => {
    const connection = createConnection(URL_A);
    const Route = () => useWebSocket(connection).status;
    const { rerender, container } = render(<Route key="one" />);
    FakeWebSocket.last.accept();
    rerender(<Route key="two" />);
    pass();
    expect(container.textContent).toBe('connected');
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('leaves nothing behind when Suspense throws the render away', () => {
    const never = new Promise(() => {});
    const Suspended = (): ReactNode => {
      useWebSocket(URL_A);
      throw never; // how a component suspends
    };
    const { unmount } = render(
      <Suspense fallback="waiting">
        <Suspended />
      </Suspense>,
    );
    unmount();
    pass(1_000);
    expect(FakeWebSocket.all).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('opens nothing when connect is called by what outlives the component', () => {
    const { result, unmount } = renderHook(() => useWebSocket(URL_A));
    const { connect, reconnect } = result.current;
    unmount();
    pass();
    connect();
    reconnect();
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
  });

  it('keeps the socket while Suspense shows a fallback and comes back', async () => {
    let resume = () => {};
    let pending: Promise<void> | null = null;
    const Content = () => {
      const { status } = useWebSocket(URL_A);
      if (pending) throw pending; // how a component suspends
      return status;
    };
    const app = () => (
      <Suspense fallback="waiting">
        <Content />
      </Suspense>
    );
    const { container, rerender } = render(app());
    FakeWebSocket.last.accept();
    pending = new Promise<void>((resolve) => {
      resume = () => {
        pending = null;
        resolve();
      };
    });
    rerender(app());
    expect(container.textContent).toContain('waiting');
    await passAsync(5_000);
    resume();
    await passAsync(5_000);
    expect(container.textContent).toBe('connected');
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  // React 18 has no Activity.
  if ('Activity' in React) {
    it('lets go of the line while hidden by Activity, and keeps the data', () => {
      const { Activity } = React;
      const Content = () => {
        const { status, data } = useWebSocket(URL_A);
        return `${status} ${String(data)}`;
      };
      const app = (mode: 'visible' | 'hidden') => (
        <Activity mode={mode}>
          <Content />
        </Activity>
      );
      const { container, rerender } = render(app('visible'));
      FakeWebSocket.last.accept();
      FakeWebSocket.last.receive('one');
      pass();
      rerender(app('hidden'));
      pass(5_000);
      expect(FakeWebSocket.open).toHaveLength(0);
      rerender(app('visible'));
      FakeWebSocket.last.accept();
      expect(container.textContent).toBe('connected one');
      expect(FakeWebSocket.all).toHaveLength(2);
    });
  }
});
