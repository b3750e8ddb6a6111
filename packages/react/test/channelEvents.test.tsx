import { render, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { publish, said } from '../../../test/support/fakeEnvelope';
import { channel, useChannel, useEvent, type Channel, type ChannelHandlers } from '../src';
import { connect, online, providing } from './channelSetting';
import { installFakes, silenceErrors } from './setting';

installFakes();

type Handlers = ChannelHandlers<Record<string, unknown>>;

const room = (first: Handlers, isStrict = false) =>
  renderHook(({ on }: { on: Handlers }) => void useChannel('room', { on }), {
    wrapper: providing(connect(), isStrict),
    initialProps: { on: first },
  });

describe('handlers', () => {
  it('hear each event once, in the task in which it came, under StrictMode too', async () => {
    const heard = vi.fn();
    room({ message: (payload) => heard('message', payload), '*': (all) => heard('*', all) }, true);
    await online();
    publish('room', 'message', 1);
    publish('room', 'typing', 'ann');
    expect(heard.mock.calls).toEqual([
      ['message', 1],
      ['*', { event: 'message', payload: 1 }],
      ['*', { event: 'typing', payload: 'ann' }],
    ]);
  });

  it('are always the ones rendered last', async () => {
    const heard = vi.fn();
    const { rerender } = room({ message: (payload) => heard('first', payload) });
    await online();
    publish('room', 'message', 1);
    rerender({ on: { message: (payload) => heard('second', payload) } });
    publish('room', 'message', 2);
    expect(heard.mock.calls).toEqual([
      ['first', 1],
      ['second', 2],
    ]);
  });

  it('may come and go between renders', async () => {
    const heard = vi.fn();
    const { rerender } = room({});
    await online();
    publish('room', 'message', 'unheard');
    rerender({ on: { message: heard } });
    publish('room', 'message', 'heard');
    rerender({ on: { typing: heard, message: undefined } });
    publish('room', 'message', 'unheard');
    expect(heard.mock.calls).toEqual([['heard']]);
  });

  it('are found by the names the app gave, whatever comes from the wire', async () => {
    const heard = vi.fn();
    room({ '*': ({ event }) => heard(event) });
    await online();
    for (const event of ['constructor', '__proto__', 'toString', '*', 'invalid']) publish('room', event, {});
    expect(heard.mock.calls.flat()).toEqual(['constructor', '__proto__', 'toString', '*', 'invalid']);
    expect(console.error).not.toHaveBeenCalled();
  });

  it('harm nobody by throwing', async () => {
    silenceErrors();
    const heard = vi.fn();
    const wrong = () => {
      throw new Error('from a component');
    };
    room({ message: wrong, '*': heard });
    await online();
    publish('room', 'message', 1, 2);
    expect(heard).toHaveBeenCalledTimes(2);
    expect(console.error).toHaveBeenCalledTimes(2);
  });

  it('hear as invalid what a schema refuses, and nothing else does', async () => {
    const heard = vi.fn();
    const refused = vi.fn();
    const events = { message: z.object({ text: z.string() }) };
    const { result } = renderHook(
      () => useChannel('room', { events, flush: 'sync', on: { message: heard, invalid: refused } }).data,
      { wrapper: providing(connect()) },
    );
    await online();
    publish('room', 'message', { text: 'hello' }, { text: 5 });
    expect(heard.mock.calls).toEqual([[{ text: 'hello' }]]);
    expect(refused).toHaveBeenCalledWith({ event: 'message', payload: { text: 5 }, error: expect.any(Error) });
    expect(result.current).toEqual({ event: 'message', payload: { text: 'hello' } });
  });
});

describe('useEvent', () => {
  const heard = vi.fn();
  function Ear({ of, event = 'message', name = 'ear' }: { of: Channel | null; event?: string; name?: string }) {
    useEvent(of, event, (payload) => heard(name, payload));
    return null;
  }

  it('hears one event of a channel, with the function rendered last, and does not join', async () => {
    heard.mockClear();
    const connection = connect();
    const of = channel(connection, 'room');
    const { rerender, unmount } = render(<Ear of={of} />, { wrapper: StrictMode });
    renderHook(() => void useChannel('other', { connection }));
    await online();
    expect(said()).toEqual(['subscribe other']);
    const release = of.retain();
    await online();
    publish('room', 'message', 1);
    publish('room', 'typing', 2);
    rerender(<Ear of={of} name="other ear" />);
    publish('room', 'message', 3);
    rerender(<Ear of={of} event="typing" />);
    publish('room', 'message', 4);
    publish('room', 'typing', 5);
    unmount();
    publish('room', 'typing', 6);
    expect(heard.mock.calls).toEqual([
      ['ear', 1],
      ['other ear', 3],
      ['ear', 5],
    ]);
    release();
  });

  it('hears all events as messages, and takes the channel of useChannel, which may be null', async () => {
    heard.mockClear();
    const Room = ({ topic }: { topic: string | null }) => <Ear of={useChannel(topic).channel} event="*" />;
    const { rerender } = render(<Room topic={null} />, { wrapper: providing(connect()) });
    await online();
    rerender(<Room topic="room" />);
    await online();
    publish('room', 'message', 1);
    expect(heard.mock.calls).toEqual([['ear', { event: 'message', payload: 1 }]]);
  });
});
