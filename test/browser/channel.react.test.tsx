import {
  channel,
  ConnectionProvider,
  keepLast,
  useChannel,
  useOnReconnect,
  type ChannelMessage,
} from '@tautline/react';
import { StrictMode } from 'react';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { channelPath } from './channelPath';

type Chat = { message: string };

test('React: a member under StrictMode hears what it missed while away, and leaves', async () => {
  const topic = `room-${crypto.randomUUID()}`;
  const [mine, theirs] = [channelPath(), channelPath()];
  const told: unknown[] = [];
  function Room() {
    const { status, data, presence } = useChannel<Chat, readonly ChannelMessage<Chat>[]>(topic, {
      collect: keepLast(10),
    });
    useOnReconnect(({ recovered }) => told.push(recovered));
    return <output>{`${status} ${presence.length} ${data.map(({ payload }) => payload).join()}`}</output>;
  }
  const other = channel<Chat>(theirs.connect(), topic);
  const release = other.retain();
  const { getByRole, unmount } = await render(
    <StrictMode>
      <ConnectionProvider connection={mine.connect()}>
        <Room />
      </ConnectionProvider>
    </StrictMode>,
  );
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
