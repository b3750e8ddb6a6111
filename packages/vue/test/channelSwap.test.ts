import { describe, expect, it, vi } from 'vitest';
import { nextTick, reactive, ref } from 'vue';
import { agree, lastSaid, publish, said } from '../../../test/support/fakeEnvelope';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { keepLast, useChannel } from '../src';
import { connect, drop, online, providing } from './channelSetting';
import { installFakes, mountSetup, pass } from './setting';

installFakes();

/** A component in the room that a ref names. */
const follow = (topic: Parameters<typeof useChannel>[0], params?: unknown, heard = vi.fn()) => ({
  heard,
  ...mountSetup(
    () =>
      useChannel(topic, {
        params,
        on: { message: heard },
        collect: keepLast(10),
        select: (kept) => kept.map(({ payload }) => payload),
      }),
    providing(connect()),
  ),
});

describe('another topic', () => {
  it.each(['a ref', 'a getter'])('from %s is joined before the one before is left, on the same line', async (kind) => {
    const topic = ref('a');
    const { status } = follow(kind === 'a ref' ? topic : () => topic.value);
    await online();
    topic.value = 'b';
    await pass();
    agree();
    expect(said()).toEqual(['subscribe a', 'subscribe b', 'unsubscribe a']);
    expect(status.value).toBe('joined');
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('starts data over, and hears nothing more of the one before', async () => {
    const topic = ref('a');
    const { data, status, heard } = follow(topic);
    await online();
    publish('a', 'message', 1, 2);
    await pass();
    expect(data.value).toEqual([1, 2]);
    topic.value = 'b';
    await pass(0);
    expect([status.value, data.value]).toEqual(['joining', []]);
    agree();
    publish('a', 'message', 3);
    publish('b', 'message', 4);
    await pass();
    expect(data.value).toEqual([4]);
    expect(heard.mock.calls).toEqual([[1], [2], [4]]);
  });

  it('given and taken back in one breath costs no frame of the first', async () => {
    const topic = ref('a');
    const { status } = follow(topic);
    await online();
    topic.value = 'b';
    await nextTick();
    topic.value = 'a';
    await pass();
    agree();
    expect(status.value).toBe('joined');
    expect(said().filter((frame) => frame.endsWith(' a'))).toEqual(['subscribe a']);
  });

  it('sends to the new one at once', async () => {
    const topic = ref('a');
    const { send } = follow(topic);
    await online();
    topic.value = 'b';
    void send('message', 1);
    await pass();
    agree();
    expect(lastSaid('publish')).toMatchObject({ topic: 'b' });
    agree();
  });

  it('may be none', async () => {
    const topic = ref<string | null>('a');
    const { status, data, channel } = follow(topic);
    await online();
    publish('a', 'message', 1);
    await pass();
    topic.value = null;
    await pass();
    expect(said()).toEqual(['subscribe a', 'unsubscribe a']);
    expect([status.value, data.value, channel.value]).toEqual(['idle', [], null]);
  });
});

describe('params', () => {
  it.each([
    ['a value', () => ({ since: 1 })],
    ['a ref', () => ref({ since: 1 })],
    ['a getter', () => () => ({ since: 1 })],
    ['a reactive object', () => reactive({ since: 1 })],
    ['a function of a promise', () => async () => ({ since: 1 })],
    ['a getter of a function', () => () => () => ({ since: 1 })],
  ])('may be %s', async (_kind, make) => {
    const { status } = follow('room', make());
    await online();
    expect(lastSaid('subscribe')).toMatchObject({ payload: { since: 1 } });
    expect(status.value).toBe('joined');
  });

  it('of an equal value never join again, whatever the order of their fields', async () => {
    const params = ref<object>({ since: 1, filter: ['a', { b: 2 }] });
    follow('room', params);
    await online();
    params.value = { filter: ['a', { b: 2 }], since: 1 };
    await pass();
    expect(said()).toEqual(['subscribe room']);
  });

  it.each([
    [
      'replaced',
      (params: { value: { filter: { tags: string[] } } }) => (params.value = { filter: { tags: ['a', 'b'] } }),
    ],
    ['changed in place', (params: { value: { filter: { tags: string[] } } }) => params.value.filter.tags.push('b')],
  ])('that are %s leave and join, since a server knows one membership of a topic', async (_how, change) => {
    const params = ref({ filter: { tags: ['a'] } });
    const { status, data } = follow('room', params);
    await online();
    publish('room', 'message', 'old');
    await pass();
    change(params);
    await pass(0);
    agree();
    await pass(0);
    agree();
    expect(said()).toEqual(['subscribe room', 'unsubscribe room', 'subscribe room']);
    expect(lastSaid('subscribe')).toMatchObject({ payload: { filter: { tags: ['a', 'b'] } } });
    expect([status.value, data.value]).toEqual(['joined', []]);
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('from a function of a promise are asked for again at each join, and never make another', async () => {
    const token = ref('old');
    follow('room', async () => ({ token: token.value }));
    await online();
    token.value = 'new';
    await pass();
    expect(said()).toEqual(['subscribe room']);
    expect(lastSaid('subscribe')).toMatchObject({ payload: { token: 'old' } });
    await drop();
    expect(lastSaid('subscribe')).toMatchObject({ payload: { token: 'new' } });
  });

  it('that cannot be had are tried again', async () => {
    const params = vi.fn<() => Promise<object>>().mockRejectedValue(new Error('Signed out.'));
    const { error, status } = follow('room', params);
    FakeWebSocket.last.accept();
    await pass();
    expect([status.value, error.value?.code]).toEqual(['joining', 'channel-refused']);
    params.mockResolvedValue({ token: 'good' });
    await pass(10_000); // whatever the chance, it is tried again by then
    agree();
    expect(status.value).toBe('joined');
  });
});
