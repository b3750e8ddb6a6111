import { act, render, renderHook } from '@testing-library/react';
import { Suspense, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { unhandledIn } from '../../../test/support/unhandled';
import { agree, lastSaid, publish, said, tell } from '../../../test/support/fakeEnvelope';
import { ChannelError, createConnection, useChannel, useWebSocket } from '../src';
import { connect, online, providing } from './channelSetting';
import { FakeWebSocket } from './fakeWebSocket';
import { installFakes, passAsync, silenceErrors } from './setting';

installFakes();

describe('a component', () => {
  it('joins after mounting, and leaves after unmounting', async () => {
    const { result, unmount } = renderHook(() => useChannel('room'), { wrapper: providing(connect()) });
    expect(result.current).toMatchObject({ status: 'joining', presence: [], recovered: null, data: undefined });
    await online();
    expect(result.current).toMatchObject({ status: 'joined', error: null });
    unmount();
    expect(said()).toEqual(['subscribe room']);
    await passAsync();
    expect(said()).toEqual(['subscribe room', 'unsubscribe room']);
    agree();
    await passAsync();
    expect(FakeWebSocket.open).toHaveLength(0);
  });

  it('joins once under StrictMode', async () => {
    const { result } = renderHook(() => useChannel('room'), { wrapper: providing(connect(), true) });
    await online();
    expect(result.current.status).toBe('joined');
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(said()).toEqual(['subscribe room']);
  });

  it('stays a member when another takes its place in one go', async () => {
    const Room = () => useChannel('room').status;
    const { container, rerender } = render(<Room key="before" />, { wrapper: providing(connect()) });
    await online();
    rerender(<Room key="after" />);
    await passAsync();
    expect(container.textContent).toBe('joined');
    expect(said()).toEqual(['subscribe room']);
  });

  it('sees what the server refuses, and asks again when it is enabled anew', async () => {
    const { result, rerender } = renderHook(({ enabled }) => useChannel('room', { enabled }), {
      wrapper: providing(connect()),
      initialProps: { enabled: true },
    });
    FakeWebSocket.last.accept();
    await passAsync();
    tell({ type: 'error', id: lastSaid('subscribe')?.id, message: 'Members only.', payload: { reason: 'members' } });
    await passAsync();
    expect(result.current).toMatchObject({
      status: 'failed',
      error: { code: 'channel-refused', message: 'Members only.', reason: { reason: 'members' } },
    });
    rerender({ enabled: false });
    rerender({ enabled: true });
    await passAsync();
    agree();
    expect(result.current.status).toBe('joined');
  });

  it('shows the reply to its join', async () => {
    const { result } = renderHook(() => useChannel('room').joinReply, { wrapper: providing(connect()) });
    FakeWebSocket.last.accept();
    await passAsync();
    agree({ payload: { motto: 'Be kind.' } });
    expect(result.current).toEqual({ motto: 'Be kind.' });
  });

  it('sends, and gets the reply', async () => {
    const { result } = renderHook(() => useChannel('room'), { wrapper: providing(connect()) });
    const early = result.current.send('message', { text: 'early' });
    await online();
    expect(said()).toEqual(['subscribe room', 'publish room']);
    agree({ payload: 'taken' });
    await expect(early).resolves.toBe('taken');
  });

  it('leaves at once when told to, and stays out', async () => {
    const { result } = renderHook(() => useChannel('room'), { wrapper: providing(connect()) });
    await online();
    act(() => result.current.leave());
    agree();
    expect(result.current.status).toBe('left');
    await passAsync(10_000);
    expect(said()).toEqual(['subscribe room', 'unsubscribe room']);
    await expect(result.current.send('message', 1)).rejects.toThrow(ChannelError);
  });

  it('that suspends before it is mounted joins nothing meanwhile', async () => {
    let arrive = () => {};
    let isThere = false;
    const arrival = new Promise<void>((resolve) => {
      arrive = () => resolve(void (isThere = true));
    });
    const Room = () => {
      const { status } = useChannel('room');
      if (!isThere) throw arrival;
      return status;
    };
    const { container } = render(
      <Suspense fallback="waiting">
        <Room />
      </Suspense>,
      { wrapper: providing(connect()) },
    );
    await passAsync();
    await online();
    expect([container.textContent, said()]).toEqual(['waiting', []]);
    arrive();
    await passAsync();
    agree();
    expect([container.textContent, said()]).toEqual(['joined', ['subscribe room']]);
  });
});

describe('1,000 components', () => {
  it('join a topic once, hear each event once each, and leave together', async () => {
    const heard = vi.fn();
    const Member = ({ id }: { id: number }): ReactNode => {
      const { status } = useChannel('room', { on: { message: (payload) => heard(id, payload) } });
      return status === 'joined' ? '.' : '';
    };
    const members = Array.from({ length: 1_000 }, (_, id) => <Member key={id} id={id} />);
    const { container, unmount } = render(members, { wrapper: providing(connect(), true) });
    await online();
    expect(container.textContent).toHaveLength(1_000);
    expect(said()).toEqual(['subscribe room']);
    publish('room', 'message', 'one', 'two');
    expect(heard).toHaveBeenCalledTimes(2_000);
    expect(new Set(heard.mock.calls.map((call) => call.join())).size).toBe(2_000);
    unmount();
    await passAsync();
    expect(said()).toEqual(['subscribe room', 'unsubscribe room']);
  });
});

describe('nothing is joined', () => {
  it.each([
    ['without a topic', null, {}],
    ['while not enabled', 'room', { enabled: false }],
    ['without a connection', 'room', { connection: null }],
  ])('%s', async (_case, topic, options) => {
    const { result } = renderHook(() => useChannel(topic, options), { wrapper: providing(connect()) });
    await online();
    expect(result.current.status).toBe('idle');
    expect(said()).toEqual([]);
  });

  it('and sending without a topic is rejected, leaving does nothing', async () => {
    const { result } = renderHook(() => useChannel(null), { wrapper: providing(connect()) });
    await expect(result.current.send('message', 1)).rejects.toMatchObject({
      name: 'ChannelError',
      code: 'channel-left',
    });
    expect(result.current.channel).toBeNull();
    result.current.leave();
  });

  it('and nobody has to look at that rejection', async () => {
    const { result } = renderHook(() => useChannel(null), { wrapper: providing(connect()) });
    expect(await unhandledIn(() => void result.current.send('message', 1))).toEqual([]);
  });

  it('but a component that is not enabled sees what others are in, and does not keep it', async () => {
    const Room = (options: { enabled?: boolean }) => useChannel('room', options).status;
    const wrapper = providing(connect());
    const { container } = render(<Room enabled={false} />, { wrapper });
    const { unmount } = render(<Room />, { wrapper });
    await online();
    expect(container.textContent).toBe('joined');
    unmount();
    await passAsync();
    agree();
    expect(container.textContent).toBe('left');
  });
});

describe('the connection', () => {
  it('may be given, and is then asked for by the channel', async () => {
    const connection = connect('ws://given.test/');
    renderHook(() => useChannel('room', { connection }), { wrapper: providing(connect()) });
    expect(FakeWebSocket.all.map(({ url }) => url)).toEqual(['ws://given.test/', 'ws://a.test/']);
  });

  it('may be one of useWebSocket, and come later', async () => {
    const { channels } = { channels: connect() };
    const { result, rerender } = renderHook(
      ({ isOn }) => useChannel('room', { connection: useWebSocket(isOn ? channels : null).connection }).status,
      { initialProps: { isOn: false } },
    );
    expect(result.current).toBe('idle');
    rerender({ isOn: true });
    await online();
    expect(result.current).toBe('joined');
  });

  it('must be given or provided', () => {
    silenceErrors();
    expect(() => renderHook(() => useChannel('room'))).toThrow(expect.objectContaining({ code: 'no-provider' }));
    expect(() => renderHook(() => useChannel(null))).toThrow(expect.objectContaining({ code: 'no-provider' }));
  });

  it('must have a channel protocol', () => {
    silenceErrors();
    const connection = createConnection('ws://a.test/');
    expect(() => renderHook(() => useChannel('room', { connection }))).toThrow(
      expect.objectContaining({ code: 'no-channels' }),
    );
  });
});
