import { act, render, renderHook } from '@testing-library/react';
import { StrictMode, useEffect } from 'react';
import { describe, expect, it } from 'vitest';
import { keepLast, useWebSocket } from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { pass, installFakes } from './setting';

installFakes();

const URL_A = 'ws://a.test/';

describe('null', () => {
  it('opens nothing, is idle, drops what is sent and has no connection', () => {
    const { result, rerender } = renderHook(() => useWebSocket(null, { collect: keepLast(3) }), {
      wrapper: StrictMode,
    });
    const { send, connect, disconnect, reconnect } = result.current;
    act(() => {
      connect();
      reconnect();
      disconnect();
    });
    rerender();
    pass();
    expect(FakeWebSocket.all).toHaveLength(0);
    expect(send('lost')).toBe('dropped');
    expect(result.current).toMatchObject({ status: 'idle', data: [], connection: null });
    expect({ ...result.current }).toMatchObject({ send, connect, disconnect, reconnect });
  });

  it('becomes a connection once there is a URL, and lets go of it when there is none again', () => {
    const { result, rerender } = renderHook(({ url }) => useWebSocket(url), {
      initialProps: { url: null as string | null },
    });
    rerender({ url: URL_A });
    FakeWebSocket.last.accept();
    expect(result.current.status).toBe('connected');
    rerender({ url: null });
    expect(result.current.status).toBe('idle');
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
  });
});

describe('enabled', () => {
  it('opens nothing while false, and keeps what is sent for later', () => {
    const { result, rerender } = renderHook(({ enabled }) => useWebSocket(URL_A, { enabled }), {
      initialProps: { enabled: false },
    });
    expect(result.current.send('early')).toBe('queued');
    pass(5_000);
    expect(FakeWebSocket.all).toHaveLength(0);
    expect(result.current.status).toBe('idle');
    rerender({ enabled: true });
    FakeWebSocket.last.accept();
    expect(FakeWebSocket.last.sent).toEqual(['early']);
  });

  it('closes the socket when it becomes false, and keeps the data', () => {
    const { result, rerender } = renderHook(({ enabled }) => useWebSocket(URL_A, { enabled }), {
      initialProps: { enabled: true },
    });
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('kept');
    pass();
    rerender({ enabled: false });
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
    expect(result.current).toMatchObject({ status: 'disconnected', data: 'kept' });
  });

  it('is opened by connect while false, and closed by unmounting', () => {
    const { result, unmount } = renderHook(() => useWebSocket(URL_A, { enabled: false }), { wrapper: StrictMode });
    act(() => result.current.connect());
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('heard');
    pass();
    expect(result.current).toMatchObject({ status: 'connected', data: 'heard' });
    unmount();
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
  });

  it('lets go also of a line that connect asked for, when it goes from true to false', () => {
    const { result, rerender } = renderHook(({ enabled }) => useWebSocket(URL_A, { enabled }), {
      initialProps: { enabled: true },
    });
    act(() => result.current.connect());
    FakeWebSocket.last.accept();
    rerender({ enabled: false });
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
  });
});

describe('connect, disconnect, reconnect', () => {
  it('are the same functions in every render of one connection', () => {
    const { result, rerender } = renderHook(() => useWebSocket(URL_A));
    const { connect, disconnect, reconnect, send } = result.current;
    FakeWebSocket.last.accept();
    rerender();
    expect({ ...result.current }).toMatchObject({ connect, disconnect, reconnect, send, status: 'connected' });
  });

  it('disconnect wins until connect, through renders', () => {
    const { result, rerender } = renderHook(() => useWebSocket(URL_A));
    FakeWebSocket.last.accept();
    act(() => result.current.disconnect(4000, 'enough'));
    rerender();
    pass(60_000);
    expect(result.current).toMatchObject({ status: 'disconnected', close: { code: 4000, reason: 'enough' } });
    expect(FakeWebSocket.all).toHaveLength(1);
    act(() => result.current.connect());
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  it('reconnect replaces the socket', () => {
    const { result } = renderHook(() => useWebSocket(URL_A));
    FakeWebSocket.last.accept();
    act(() => result.current.reconnect());
    expect(FakeWebSocket.all).toHaveLength(2);
    expect(FakeWebSocket.open).toHaveLength(1);
  });

  it('connect from an effect of a child, before the parent has mounted, does not outlive the parent', () => {
    const Child = ({ connect }: { connect: () => void }) => {
      useEffect(() => connect(), [connect]);
      return null;
    };
    const Parent = () => <Child connect={useWebSocket(URL_A).connect} />;
    const { unmount } = render(<Parent />);
    FakeWebSocket.last.accept();
    unmount();
    pass();
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(FakeWebSocket.open).toHaveLength(0);
  });
});
