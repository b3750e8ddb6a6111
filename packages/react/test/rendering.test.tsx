import { act, render, renderHook } from '@testing-library/react';
import { StrictMode, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { json, keepLast, keyBy, reduce, useWebSocket, type UseWebSocketResult } from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { pass, installFakes } from './setting';

installFakes();

const URL_A = 'ws://a.test/';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

describe('what a component reads', () => {
  it('does not render again when it only sends', () => {
    const rendered = vi.fn();
    function Sender() {
      const { send } = useWebSocket(URL_A, { onMessage: () => {} });
      rendered();
      return <button onClick={() => send('clicked')}>send</button>;
    }
    const { getByRole } = render(<Sender />);
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive(...numbers(100));
    pass();
    act(() => getByRole('button').click());
    FakeWebSocket.last.lose();
    pass(60_000);
    expect(FakeWebSocket.all.length).toBeGreaterThan(1);
    expect(FakeWebSocket.all[0]?.sent).toEqual(['clicked']);
    expect(rendered).toHaveBeenCalledTimes(1);
  });

  it('makes it render for the status and not for messages', () => {
    const rendered = vi.fn();
    const { result } = renderHook(() => {
      const { status } = useWebSocket(URL_A);
      rendered(status);
      return status;
    });
    FakeWebSocket.last.accept();
    for (const message of numbers(10)) {
      FakeWebSocket.last.receive(message);
      pass();
    }
    expect(result.current).toBe('connected');
    expect(rendered.mock.calls).toEqual([['idle'], ['connecting'], ['connected']]);
  });

  it('makes it render for messages and not for the status', () => {
    const rendered = vi.fn();
    renderHook(() => rendered(useWebSocket(URL_A).data));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one', 'two');
    pass();
    FakeWebSocket.last.lose();
    pass(30_000);
    expect(rendered.mock.calls).toEqual([[undefined], ['two']]);
  });

  it('shows the newest value of a field that it reads for the first time', () => {
    let read: (line: UseWebSocketResult<string, string, unknown, never>) => unknown = () => '';
    const { result, rerender } = renderHook(() => read(useWebSocket(URL_A) as never));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('newest');
    pass();
    read = ({ status, data }) => [status, data];
    rerender();
    expect(result.current).toEqual(['connected', 'newest']);
  });

  it('gives an object that stays the same until something read changes', () => {
    const { result, rerender } = renderHook(() => {
      const line = useWebSocket(URL_A);
      return { line, status: line.status };
    });
    FakeWebSocket.last.accept();
    const before = result.current.line;
    FakeWebSocket.last.receive('unread');
    pass();
    rerender();
    expect(result.current.line).toBe(before);
    FakeWebSocket.last.lose();
    expect(result.current.line).not.toBe(before);
  });

  it('counts a spread as reading everything', () => {
    const { result } = renderHook(() => ({ ...useWebSocket(URL_A) }));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('read');
    pass();
    expect(result.current).toMatchObject({ status: 'connected', readyState: 1, data: 'read' });
  });
});

describe('messages as state', () => {
  it.each(['plain', 'StrictMode'])('renders once for 1,000 messages in one task and loses none (%s)', (mode) => {
    const rendered = vi.fn();
    const heard = vi.fn();
    let collected = 0;
    const counting = reduce<string, readonly string[]>(
      (all, message) => (collected++, [...all.slice(-9), message]),
      [],
    );
    const { result } = renderHook(
      () => {
        const { data } = useWebSocket<string, string, readonly string[]>(URL_A, {
          collect: counting,
          onMessage: heard,
        });
        rendered();
        return data;
      },
      mode === 'StrictMode' ? { wrapper: StrictMode } : {},
    );
    FakeWebSocket.last.accept();
    const before = rendered.mock.calls.length;
    FakeWebSocket.last.receive(...numbers(1_000));
    expect(rendered).toHaveBeenCalledTimes(before);
    pass();
    expect(rendered).toHaveBeenCalledTimes(before + (mode === 'StrictMode' ? 2 : 1)); // StrictMode renders everything twice
    expect(result.current).toEqual(numbers(1_000).slice(-10));
    expect(collected).toBe(1_000);
    expect(heard.mock.calls.map(([message]) => message as string)).toEqual(numbers(1_000));
  });

  it('keeps the last messages in order', () => {
    const { result } = renderHook(() => useWebSocket(URL_A, { collect: keepLast(3) }).data);
    expect(result.current).toEqual([]);
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive(...numbers(1_000));
    pass();
    expect(result.current).toEqual(['997', '998', '999']);
  });

  it('renders at most once per frame over many tasks', () => {
    const rendered = vi.fn();
    renderHook(() => rendered(useWebSocket(URL_A).data));
    FakeWebSocket.last.accept();
    rendered.mockClear();
    for (let task = 0; task < 1_600; task++) {
      FakeWebSocket.last.receive(String(task));
      pass(1);
    }
    expect(rendered.mock.calls.length).toBeGreaterThan(90);
    expect(rendered.mock.calls.length).toBeLessThanOrEqual(101);
    expect(rendered).toHaveBeenLastCalledWith('1599');
  });

  it('tells at once with flush sync', () => {
    const { result } = renderHook(() => useWebSocket(URL_A, { flush: 'sync' }).data);
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('now');
    expect(result.current).toBe('now');
  });

  it('keeps collecting while data is not read, for who reads it later', () => {
    const { result, rerender } = renderHook(
      ({ isShown }) => {
        const line = useWebSocket(URL_A, { collect: keepLast(10) });
        return isShown ? line.data : null;
      },
      { initialProps: { isShown: false } },
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one', 'two');
    pass();
    rerender({ isShown: true });
    expect(result.current).toEqual(['one', 'two']);
  });
});

describe('select', () => {
  const prices = {
    codec: json<{ id: string; price: number }>(),
    collect: keyBy(({ id }: { id: string; price: number }) => id),
  };
  const price = (id: string, value: number) => JSON.stringify({ id, price: value });

  it('renders only when the selected part changes', () => {
    const rendered = vi.fn();
    renderHook(() => rendered(useWebSocket(URL_A, { ...prices, select: (byId) => byId.get('a')?.price }).data));
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive(price('a', 1));
    pass();
    FakeWebSocket.last.receive(price('b', 2), price('a', 1));
    pass();
    expect(rendered.mock.calls).toEqual([[undefined], [1]]);
  });

  it('follows what an inline function closes over, in the same render', () => {
    const { result, rerender } = renderHook(
      ({ id }) => useWebSocket(URL_A, { ...prices, select: (byId) => byId.get(id)?.price }).data,
      {
        initialProps: { id: 'a' },
      },
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive(price('a', 1), price('b', 2));
    pass();
    expect(result.current).toBe(1);
    rerender({ id: 'b' });
    expect(result.current).toBe(2);
  });

  it('may make a new object each time', () => {
    const rendered = vi.fn();
    const { result } = renderHook(() => {
      const { data } = useWebSocket(URL_A, { ...prices, select: (byId) => [...byId.keys()] });
      rendered();
      return data;
    });
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive(price('a', 1));
    pass();
    expect(result.current).toEqual(['a']);
    expect(rendered.mock.calls.length).toBeLessThan(5);
    expect(console.error).not.toHaveBeenCalled();
  });

  it('keeps the part that isEqual calls the same', () => {
    const rendered = vi.fn();
    const { result } = renderHook(() => {
      const { data } = useWebSocket(URL_A, {
        ...prices,
        select: (byId) => [...byId.keys()],
        isEqual: (before, after) => before.join() === after.join(),
      });
      rendered();
      return data;
    });
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive(price('a', 1));
    pass();
    const before = result.current;
    rendered.mockClear();
    FakeWebSocket.last.receive(price('a', 2), price('a', 3));
    pass();
    expect(result.current).toBe(before);
    expect(rendered).not.toHaveBeenCalled();
  });
});

it('renders what changed while another render was under way', () => {
  const { result } = renderHook(() => {
    const [clicks, setClicks] = useState(0);
    const { status, data } = useWebSocket(URL_A);
    return { clicks, setClicks, status, data };
  });
  FakeWebSocket.last.accept();
  act(() => {
    result.current.setClicks(1);
    FakeWebSocket.last.onmessage?.({ data: 'meanwhile' });
    vi.advanceTimersByTime(20);
  });
  expect(result.current).toMatchObject({ clicks: 1, status: 'connected', data: 'meanwhile' });
});
