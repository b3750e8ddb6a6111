import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { agree, lastSaid, publish, said } from '../../../test/support/fakeEnvelope';
import { keepLast, useChannel, type UseChannelOptions } from '../src';
import { connect, drop, online, providing } from './channelSetting';
import { FakeWebSocket } from './fakeWebSocket';
import { installFakes, pass, passAsync } from './setting';

installFakes();

interface Props {
  topic: string | null;
  params?: unknown;
}

/** A component whose topic and params its parent sets. */
const member = (first: Props, options: Pick<UseChannelOptions, 'on'> = {}) =>
  renderHook(
    ({ topic, params }: Props) =>
      useChannel(topic, {
        collect: keepLast(10),
        ...options,
        params,
        select: (kept) => kept.map((each) => each.payload),
      }),
    { wrapper: providing(connect()), initialProps: first },
  );

describe('another topic', () => {
  it('is joined before the one before is left, on the same line', async () => {
    const { rerender, result } = member({ topic: 'a' });
    await online();
    rerender({ topic: 'b' });
    await passAsync();
    agree();
    expect(said()).toEqual(['subscribe a', 'subscribe b', 'unsubscribe a']);
    expect(result.current.status).toBe('joined');
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('starts data over, and hears nothing more of the one before', async () => {
    const heard = vi.fn();
    const { rerender, result } = member({ topic: 'a' }, { on: { message: heard } });
    await online();
    publish('a', 'message', 1, 2);
    pass();
    expect(result.current.data).toEqual([1, 2]);
    rerender({ topic: 'b' });
    expect(result.current).toMatchObject({ status: 'joining', data: [] });
    await passAsync(0);
    agree();
    publish('a', 'message', 3);
    publish('b', 'message', 4);
    pass();
    expect(result.current.data).toEqual([4]);
    expect(heard.mock.calls).toEqual([[1], [2], [4]]);
  });

  it('given and taken back in one breath costs no frame', async () => {
    const { rerender, result } = member({ topic: 'a' });
    await online();
    act(() => {
      rerender({ topic: 'b' });
      rerender({ topic: 'a' });
    });
    await passAsync();
    expect(said()).toEqual(['subscribe a']);
    expect(result.current.status).toBe('joined');
  });

  it('may be none', async () => {
    const { rerender, result } = member({ topic: 'a' });
    await online();
    publish('a', 'message', 1);
    pass();
    rerender({ topic: null });
    await passAsync();
    expect(said()).toEqual(['subscribe a', 'unsubscribe a']);
    expect(result.current).toMatchObject({ status: 'idle', data: [], channel: null });
  });

  it('of another connection is a swap too', async () => {
    const lines = [connect('ws://a.test/'), connect('ws://b.test/')];
    const { rerender, result } = renderHook(({ at }) => useChannel('room', { connection: lines[at] }).status, {
      initialProps: { at: 0 },
    });
    await online();
    expect(result.current).toBe('joined');
    rerender({ at: 1 });
    expect(result.current).toBe('joining');
    await online();
    expect(result.current).toBe('joined');
  });
});

describe('params', () => {
  it('written inline never join again, whatever the order of their fields', async () => {
    const { rerender } = member({ topic: 'room', params: { since: 1, filter: ['a', { b: 2 }] } });
    await online();
    rerender({ topic: 'room', params: { since: 1, filter: ['a', { b: 2 }] } });
    rerender({ topic: 'room', params: { filter: ['a', { b: 2 }], since: 1 } });
    await passAsync();
    expect(said()).toEqual(['subscribe room']);
    expect(lastSaid('subscribe')).toMatchObject({ payload: { since: 1, filter: ['a', { b: 2 }] } });
  });

  it('of another value leave and join, since a server knows one membership of a topic', async () => {
    const { rerender, result } = member({ topic: 'room', params: { since: 1 } });
    await online();
    publish('room', 'message', 'old');
    pass();
    rerender({ topic: 'room', params: { since: 2 } });
    await passAsync(0);
    agree();
    await passAsync(0);
    agree();
    expect(said()).toEqual(['subscribe room', 'unsubscribe room', 'subscribe room']);
    expect(lastSaid('subscribe')).toMatchObject({ payload: { since: 2 } });
    expect(result.current).toMatchObject({ status: 'joined', data: [] });
    expect(console.warn).not.toHaveBeenCalled();
  });

  it.each(['plain', 'StrictMode'])(
    'from a function are asked for at each join, of the one rendered last (%s)',
    async (mode) => {
      const { rerender } = renderHook(
        ({ token }) => useChannel('room', { params: () => Promise.resolve({ token }) }).status,
        {
          wrapper: providing(connect(), mode === 'StrictMode'),
          initialProps: { token: 'old' },
        },
      );
      await online();
      rerender({ token: 'new' });
      await passAsync();
      expect(said()).toEqual(['subscribe room']);
      expect(lastSaid('subscribe')).toMatchObject({ payload: { token: 'old' } });
      await drop();
      expect(lastSaid('subscribe')).toMatchObject({ payload: { token: 'new' } });
    },
  );
});

it('collects and flushes anew with the options that come with another topic', async () => {
  const { rerender, result } = renderHook(
    ({ topic, count }) => useChannel(topic, { collect: keepLast(count), flush: 'sync' }).data.length,
    { wrapper: providing(connect()), initialProps: { topic: 'a', count: 1 } },
  );
  await online();
  rerender({ topic: 'a', count: 2 });
  publish('a', 'message', 1, 2, 3);
  expect(result.current).toBe(1);
  rerender({ topic: 'b', count: 2 });
  await passAsync();
  agree();
  publish('b', 'message', 1, 2, 3);
  expect(result.current).toBe(2);
});
