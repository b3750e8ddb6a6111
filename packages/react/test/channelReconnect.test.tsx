import { renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { expect, it, vi } from 'vitest';
import { agree, lastSaid, tell } from '../../../test/support/fakeEnvelope';
import { useChannel, useOnReconnect } from '../src';
import { connect, drop, online, providing } from './channelSetting';
import { installFakes, passAsync } from './setting';

installFakes();

/** A component in a room, or in none, that is told of reconnections. */
function watching(topic: string | null) {
  const connection = connect();
  const told = vi.fn();
  const { result } = renderHook(
    () => {
      useOnReconnect((reconnection) => told(reconnection));
      return useChannel(topic).recovered;
    },
    { wrapper: providing(connection, true) },
  );
  return { told, result };
}

it.each([
  ['missed nothing', { recovered: true }, true],
  ['may have missed something', { recovered: false }, false],
  ['does not say', {}, false],
])('useOnReconnect and the channel tell when the server says that it %s', async (_case, reply, expected) => {
  const { told, result } = watching('room');
  await online();
  expect(result.current).toBeNull();
  await drop();
  expect(told).not.toHaveBeenCalled(); // not before the channel is back
  agree(reply);
  await passAsync();
  expect(told.mock.calls).toEqual([[{ downtime: expect.any(Number), recovered: expected }]]);
  expect(result.current).toBe(expected);
});

it('a channel that is refused on the way back counts as missed', async () => {
  const { told } = watching('room');
  await online();
  await drop();
  tell({ type: 'error', id: lastSaid('subscribe')?.id, message: 'Members only.' });
  expect(told.mock.calls).toEqual([[{ downtime: expect.any(Number), recovered: false }]]);
});

it('without a channel nobody knows', async () => {
  const { told } = watching(null);
  await online();
  await drop();
  expect(told.mock.calls).toEqual([[{ downtime: expect.any(Number), recovered: null }]]);
});

it('a listener that is gone is told nothing, not even by channels that come back later', async () => {
  const connection = connect();
  const told = vi.fn();
  const { unmount } = renderHook(() => useOnReconnect(told, connection), { wrapper: StrictMode });
  renderHook(() => useChannel('room', { connection }));
  await online();
  await drop();
  unmount();
  agree();
  await passAsync();
  expect(told).not.toHaveBeenCalled();
});
