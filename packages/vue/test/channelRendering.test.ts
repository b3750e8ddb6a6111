import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h, KeepAlive, nextTick, ref, shallowRef } from 'vue';
import { publish, said, tell } from '../../../test/support/fakeEnvelope';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { channel, countBy, keepLast, reduce, useChannel, usePresence, type Channel, type ChannelMessage } from '../src';
import { connect, drop, online, providing } from './channelSetting';
import { component, installFakes, mount, mountSetup, pass } from './setting';

installFakes();

type Rooms = { message: number; typing: string };
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const presence = (...ids: string[]) =>
  tell({ type: 'presence', topic: 'room', state: ids.map((id) => ({ id, ref: id, info: { name: id } })) });

describe('renders', () => {
  it('only for what a component reads', async () => {
    const useRoom = () => useChannel('room');
    const sender = component(useRoom);
    const status = component(useRoom, (room) => room.status.value);
    const data = component(useRoom, (room) => room.data.value);
    const who = component(useRoom, (room) => room.presence.value.length);
    const renders = () => [sender, status, data, who].map((each) => each.renders);
    mount(() => [h(sender), h(status), h(data), h(who)], providing(connect()));
    await online();
    expect(renders()).toEqual([1, 3, 1, 1]); // idle, joining, joined
    publish('room', 'message', ...numbers(10));
    await pass();
    expect(renders()).toEqual([1, 3, 2, 1]);
    presence('ann');
    presence('ann');
    await pass();
    expect(renders()).toEqual([1, 3, 2, 2]);
    await drop();
    expect(renders()).toEqual([1, 4, 2, 2]); // rejoining
  });

  it('once for 1,000 events of one task, and loses none', async () => {
    const sum = reduce((before: number, { payload }: ChannelMessage<Rooms>) => before + Number(payload), 0);
    const total = component(
      () => useChannel<Rooms, number>('room', { collect: sum }),
      ({ data }) => data.value,
    );
    const { element } = mount(total, providing(connect()));
    await online();
    publish('room', 'message', ...numbers(1_000));
    await pass();
    expect([total.renders, element.textContent]).toEqual([2, '499500']);
  });

  it('at most once per frame over many tasks', async () => {
    const last = component(
      () => useChannel('room'),
      ({ data }) => data.value,
    );
    mount(last, providing(connect()));
    await online();
    for (const task of numbers(160)) {
      publish('room', 'message', task);
      await pass(1);
    }
    expect(last.renders).toBeGreaterThan(8);
    expect(last.renders).toBeLessThanOrEqual(12);
  });

  it('only when the selected part changes, by isEqual', async () => {
    const kinds = component(
      () =>
        useChannel('room', {
          collect: countBy(({ event }: ChannelMessage<Record<string, unknown>>) => event),
          select: (counts) => [...counts.keys()],
          isEqual: (before, after) => before.join() === after.join(),
        }),
      ({ data }) => data.value.join(),
    );
    const { element } = mount(kinds, providing(connect()));
    await online();
    for (const event of ['message', 'message', 'typing', 'message']) {
      publish('room', event, 1);
      await pass();
    }
    expect([kinds.renders, element.textContent]).toEqual([3, 'message,typing']);
  });
});

describe('usePresence', () => {
  it('follows a channel, renders only for who comes, goes or changes, and does not join', async () => {
    const of = shallowRef<Channel | null>(null);
    const names = component(
      () => usePresence<{ name: string }>(of),
      (members) => members.value.map(({ info }) => info.name).join(),
    );
    const { element } = mount(names);
    of.value = channel(connect(), 'room');
    await pass();
    expect(FakeWebSocket.all).toHaveLength(0);
    const release = of.value.retain();
    await online();
    presence('ann', 'bob');
    await pass();
    presence('ann', 'bob');
    publish('room', 'message', 1);
    await drop();
    expect([names.renders, element.textContent]).toEqual([2, 'ann,bob']);
    of.value = null;
    await pass();
    expect(element.textContent).toBe('');
    release();
  });

  it('takes a channel in a deep ref, and keeps its list as it is', async () => {
    const { channel: room, presence: list } = mountSetup(() => useChannel('room'), providing(connect()));
    const { members } = mountSetup(() => ({ members: usePresence(ref(room.value) as never) }));
    await online();
    presence('ann');
    expect(members.value).toHaveLength(1);
    expect(members.value).toBe(list.value);
  });
});

describe('under KeepAlive', () => {
  async function setUp(heard = vi.fn()) {
    const isShown = ref(true);
    const inner = component(
      () => useChannel('room', { collect: keepLast(100), on: { message: heard } }),
      ({ status, data }) => `${status.value} ${data.value.map(({ payload }) => payload).join()}`,
    );
    const Page = defineComponent(() => () => h('section', [h(inner)]));
    const Other = defineComponent(() => () => h('aside'));
    const root = () => h(KeepAlive, null, { default: () => h(isShown.value ? Page : Other) });
    const { element } = mount(root, providing(connect()));
    await online();
    publish('room', 'message', 'one');
    await pass();
    return { isShown, inner, element, heard };
  }

  it('a deactivated component stays a member, hears, and does not render', async () => {
    const { isShown, inner, heard } = await setUp();
    isShown.value = false;
    await nextTick();
    const { renders } = inner;
    publish('room', 'message', 'two');
    await pass(100);
    expect(inner.renders).toBe(renders);
    expect(heard).toHaveBeenCalledTimes(2);
    expect(said()).toEqual(['subscribe room']);
  });

  it('an activated component catches up at once, with nothing lost', async () => {
    const { isShown, element } = await setUp();
    expect(element.textContent).toBe('joined one');
    isShown.value = false;
    await nextTick();
    publish('room', 'message', 'two');
    await pass(100);
    FakeWebSocket.last.lose();
    isShown.value = true;
    await nextTick();
    expect(element.textContent).toBe('rejoining one,two');
  });
});
