import { describe, expect, it, vi } from 'vitest';
import { ref, shallowRef } from 'vue';
import { z } from 'zod';
import { publish, said } from '../../../test/support/fakeEnvelope';
import { channel, useChannel, useEvent, type Channel, type ChannelHandlers } from '../src';
import { connect, online, providing } from './channelSetting';
import { inScope, installFakes, mountSetup } from './setting';

installFakes();

const room = (on: ChannelHandlers<Record<string, unknown>>) =>
  mountSetup(() => useChannel('room', { on }), providing(connect()));

describe('handlers', () => {
  it('hear each event once, in the task in which it came, until unmounted', async () => {
    const heard = vi.fn();
    const { unmount } = room({ message: (payload) => heard('message', payload), '*': (all) => heard('*', all) });
    await online();
    publish('room', 'message', 1);
    publish('room', 'typing', 'ann');
    unmount();
    publish('room', 'message', 2);
    expect(heard.mock.calls).toEqual([
      ['message', 1],
      ['*', { event: 'message', payload: 1 }],
      ['*', { event: 'typing', payload: 'ann' }],
    ]);
  });

  it('hear each event once each while enabled changes', async () => {
    const enabled = ref(true);
    const heard = vi.fn();
    const connection = connect();
    mountSetup(() => useChannel('room', { connection }));
    mountSetup(() => useChannel('room', { connection, enabled, on: { message: heard } }));
    await online();
    publish('room', 'message', 1);
    enabled.value = false;
    await online();
    publish('room', 'message', 2);
    expect(heard.mock.calls).toEqual([[1], [2]]);
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
    vi.mocked(console.error).mockImplementation(() => {});
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
    const { data } = mountSetup(
      () => useChannel('room', { events, flush: 'sync', on: { message: heard, invalid: refused } }),
      providing(connect()),
    );
    await online();
    publish('room', 'message', { text: 'hello' }, { text: 5 });
    expect(heard.mock.calls).toEqual([[{ text: 'hello' }]]);
    expect(refused).toHaveBeenCalledWith({ event: 'message', payload: { text: 5 }, error: expect.any(Error) });
    expect(data.value).toEqual({ event: 'message', payload: { text: 'hello' } });
  });
});

describe('useEvent', () => {
  it.each([
    ['in a component', mountSetup],
    ['in a scope', inScope],
  ])('hears one event of the channel that a ref names, and does not join, %s', async (_where, run) => {
    const connection = connect();
    const heard = vi.fn();
    const of = shallowRef<Channel | null>(null);
    const event = ref('message');
    run(() => ({ nothing: useEvent(of, event, heard) }));
    mountSetup(() => useChannel('other', { connection }));
    await online();
    of.value = channel(connection, 'room');
    await online();
    expect(said()).toEqual(['subscribe other']);
    const release = of.value.retain();
    await online();
    publish('room', 'message', 1);
    publish('room', 'typing', 2);
    event.value = 'typing';
    await online();
    publish('room', 'message', 3);
    publish('room', 'typing', 4);
    of.value = null;
    await online();
    publish('room', 'typing', 5);
    expect(heard.mock.calls).toEqual([[1], [4]]);
    release();
  });

  it('takes the channel of useChannel, and all events as messages', async () => {
    const heard = vi.fn();
    mountSetup(() => ({ nothing: useEvent(useChannel('room').channel, '*', heard) }), providing(connect()));
    await online();
    publish('room', 'message', 1);
    expect(heard.mock.calls).toEqual([[{ event: 'message', payload: 1 }]]);
  });
});
