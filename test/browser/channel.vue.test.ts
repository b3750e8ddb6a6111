import { channel, connectionPlugin, keepLast, useChannel, useOnReconnect, type ChannelMessage } from '@tautline/vue';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-vue';
import { defineComponent, h } from 'vue';
import { channelPath } from './channelPath';

type Chat = { message: string };

test('Vue: a member hears what it missed while away, and leaves', async () => {
  const topic = `room-${crypto.randomUUID()}`;
  const [mine, theirs] = [channelPath(), channelPath()];
  const told: unknown[] = [];
  const Room = defineComponent(() => {
    const { status, data, presence } = useChannel<Chat, readonly ChannelMessage<Chat>[]>(topic, {
      collect: keepLast(10),
    });
    useOnReconnect(({ recovered }) => told.push(recovered));
    return () =>
      h('output', `${status.value} ${presence.value.length} ${data.value.map(({ payload }) => payload).join()}`);
  });
  const other = channel<Chat>(theirs.connect(), topic);
  const release = other.retain();
  const { getByRole, unmount } = await render(Room, { global: { plugins: [[connectionPlugin, mine.connect()]] } });
  await expect.element(getByRole('status')).toHaveTextContent('joined 2');
  await other.send('message', 'one');
  await expect.element(getByRole('status')).toHaveTextContent('joined 2 one');

  await mine.cut();
  await expect.element(getByRole('status')).toHaveTextContent('rejoining 2 one');
  await other.send('message', 'two');
  await expect.element(getByRole('status'), { timeout: 10_000 }).toHaveTextContent('joined 2 one,two');
  expect(told).toEqual([true]);

  await unmount();
  await expect.poll(() => other.presence.length).toBe(1);
  release();
});
