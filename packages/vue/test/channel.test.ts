import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h, ref, shallowRef } from 'vue';
import { unhandledIn } from '../../../test/support/unhandled';
import { agree, lastSaid, publish, said, tell } from '../../../test/support/fakeEnvelope';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { ChannelError, createConnection, useChannel, useWebSocket, type Connection } from '../src';
import { connect, online, providing } from './channelSetting';
import { component, inScope, installFakes, mount, mountSetup, pass } from './setting';

installFakes();

const inRoom = () => mountSetup(() => useChannel('room'), providing(connect()));

describe('a component', () => {
  it('joins in onMounted, and leaves after unmounting', async () => {
    const { status, unmount } = mountSetup(() => {
      const room = useChannel('room');
      expect(room.status.value).toBe('idle');
      return room;
    }, providing(connect()));
    expect(status.value).toBe('joining');
    await online();
    expect(status.value).toBe('joined');
    unmount();
    expect(said()).toEqual(['subscribe room']);
    await pass();
    expect(said()).toEqual(['subscribe room', 'unsubscribe room']);
    agree();
    await pass();
    expect(FakeWebSocket.open).toHaveLength(0);
  });

  it('stays a member when another takes its place in one go', async () => {
    const isFirst = ref(true);
    const Room = component(
      () => useChannel('room'),
      ({ status }) => status.value,
    );
    const { element } = mount(() => h(Room, { key: String(isFirst.value) }), providing(connect()));
    await online();
    isFirst.value = false;
    await pass();
    expect(element.textContent).toBe('joined');
    expect(said()).toEqual(['subscribe room']);
  });

  it('sees what the server refuses, and asks again when it is enabled anew', async () => {
    const enabled = ref(true);
    const { status, error } = mountSetup(() => useChannel('room', { enabled }), providing(connect()));
    FakeWebSocket.last.accept();
    await pass();
    tell({ type: 'error', id: lastSaid('subscribe')?.id, message: 'Members only.' });
    await pass();
    expect([status.value, error.value?.code, error.value?.message]).toEqual([
      'failed',
      'channel-refused',
      'Members only.',
    ]);
    enabled.value = false;
    await pass();
    enabled.value = true;
    await pass();
    agree();
    expect(status.value).toBe('joined');
  });

  it('sends, also from setup, and gets the reply', async () => {
    const { early, joinReply } = mountSetup(() => {
      const { send, joinReply } = useChannel('room');
      return { early: send('message', { text: 'early' }), joinReply };
    }, providing(connect()));
    FakeWebSocket.last.accept();
    await pass();
    agree({ payload: { motto: 'Be kind.' } });
    expect(joinReply.value).toEqual({ motto: 'Be kind.' });
    expect(said()).toEqual(['subscribe room', 'publish room']);
    agree({ payload: 'taken' });
    await expect(early).resolves.toBe('taken');
  });

  it('leaves at once when told to, and stays out', async () => {
    const { leave, send, status } = inRoom();
    await online();
    leave();
    agree();
    await pass(10_000);
    expect(status.value).toBe('left');
    expect(said()).toEqual(['subscribe room', 'unsubscribe room']);
    await expect(send('message', 1)).rejects.toThrow(ChannelError);
  });

  it('gives readonly refs', () => {
    vi.mocked(console.warn).mockImplementation(() => {});
    const { status, channel } = inRoom();
    Object.assign(status, { value: 'joined' });
    Object.assign(channel, { value: null });
    expect([status.value, channel.value?.topic]).toEqual(['joining', 'room']);
    expect(console.warn).toHaveBeenCalledTimes(2);
  });
});

describe('a scope outside of components', () => {
  it('joins at once, and lets go when it ends', async () => {
    const connection = connect();
    const { status, stop } = inScope(() => useChannel('room', { connection }));
    expect(status.value).toBe('joining');
    await online();
    expect(status.value).toBe('joined');
    stop();
    await pass();
    expect(said()).toEqual(['subscribe room', 'unsubscribe room']);
    expect(console.warn).not.toHaveBeenCalled();
  });
});

describe('1,000 components', () => {
  it('join a topic once, hear each event once each, and leave together', async () => {
    const heard = vi.fn();
    const Member = defineComponent({
      props: { id: { type: Number, required: true } },
      setup({ id }) {
        const { status } = useChannel('room', { on: { message: (payload) => heard(id, payload) } });
        return () => (status.value === 'joined' ? '.' : '');
      },
    });
    const { element, unmount } = mount(
      () => Array.from({ length: 1_000 }, (_, id) => h(Member, { id })),
      providing(connect()),
    );
    await online();
    expect(element.textContent).toHaveLength(1_000);
    expect(said()).toEqual(['subscribe room']);
    publish('room', 'message', 'one', 'two');
    expect(new Set(heard.mock.calls.map((call) => call.join())).size).toBe(2_000);
    expect(heard).toHaveBeenCalledTimes(2_000);
    unmount();
    await pass();
    expect(said()).toEqual(['subscribe room', 'unsubscribe room']);
  });
});

describe('nothing is joined', () => {
  it.each([
    ['without a topic', null, {}],
    ['with a ref of none', ref(undefined), {}],
    ['while not enabled', 'room', { enabled: false }],
    ['without a connection', 'room', { connection: null }],
  ])('%s', async (_case, topic, options) => {
    const { status } = mountSetup(() => useChannel(topic, options), providing(connect()));
    await online();
    expect(status.value).toBe('idle');
    expect(said()).toEqual([]);
  });

  it('and sending without a topic is rejected, leaving does nothing', async () => {
    const { send, leave, channel } = mountSetup(() => useChannel(null), providing(connect()));
    await expect(send('message', 1)).rejects.toMatchObject({ name: 'ChannelError', code: 'channel-left' });
    expect(channel.value).toBeNull();
    leave();
  });

  it('and nobody has to look at that rejection', async () => {
    const { send } = mountSetup(() => useChannel(null), providing(connect()));
    expect(await unhandledIn(() => void send('message', 1))).toEqual([]);
  });

  it('but a component that is not enabled sees what others are in, and does not keep it', async () => {
    const connection = connect();
    const { status } = mountSetup(() => useChannel('room', { enabled: false, connection }));
    const { unmount } = mountSetup(() => useChannel('room', { connection }));
    await online();
    expect(status.value).toBe('joined');
    unmount();
    await pass();
    agree();
    expect(status.value).toBe('left');
  });
});

describe('the connection', () => {
  it('may be given, and is then asked for by the channel', async () => {
    mountSetup(() => useChannel('room', { connection: connect('ws://given.test/') }));
    expect(FakeWebSocket.all.map(({ url }) => url)).toEqual(['ws://given.test/']);
  });

  it('may be the ref of useWebSocket, and come later', async () => {
    const line = shallowRef<ReturnType<typeof connect> | null>(null);
    const { status } = mountSetup(() => useChannel('room', { connection: useWebSocket(line).connection }));
    expect(status.value).toBe('idle');
    line.value = connect();
    await pass();
    await online();
    expect(status.value).toBe('joined');
  });

  it('is the same one in a deep ref', async () => {
    const connection = connect();
    const { status } = mountSetup(() => useChannel('room', { connection: ref(connection) as never }));
    mountSetup(() => useChannel('room', { connection }));
    await online();
    expect(status.value).toBe('joined');
    expect(said()).toEqual(['subscribe room']);
  });

  it.each([
    ['in a component', mountSetup],
    ['in a scope', inScope],
  ])('must be there and have a channel protocol, %s', (_where, run) => {
    vi.mocked(console.warn).mockImplementation(() => {});
    const connection: Connection = createConnection('ws://a.test/');
    expect(() => run(() => useChannel('room'))).toThrow(expect.objectContaining({ code: 'no-provider' }));
    expect(() => run(() => useChannel('room', { connection }))).toThrow(
      expect.objectContaining({ code: 'no-channels' }),
    );
  });
});
