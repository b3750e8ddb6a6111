import { expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { agree, lastSaid, tell } from '../../../test/support/fakeEnvelope';
import { useChannel, useOnReconnect } from '../src';
import { connect, drop, online, providing } from './channelSetting';
import { inScope, installFakes, mountSetup, pass } from './setting';

installFakes();

/** A component in a room, or in none, that is told of reconnections. */
function watching(topic: string | null) {
  const told = vi.fn();
  const { recovered } = mountSetup(() => {
    useOnReconnect(told);
    return useChannel(topic);
  }, providing(connect()));
  return { told, recovered };
}

it.each([
  ['missed nothing', { recovered: true }, true],
  ['may have missed something', { recovered: false }, false],
  ['does not say', {}, false],
])('useOnReconnect and the channel tell when the server says that it %s', async (_case, reply, expected) => {
  const { told, recovered } = watching('room');
  await online();
  expect(recovered.value).toBeNull();
  await drop();
  expect(told).not.toHaveBeenCalled(); // not before the channel is back
  agree(reply);
  await pass();
  expect(told.mock.calls).toEqual([[{ downtime: expect.any(Number), recovered: expected }]]);
  expect(recovered.value).toBe(expected);
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

it('asks the channels of a connection in a deep ref too', async () => {
  const connection = connect();
  const told = vi.fn();
  mountSetup(() => useChannel('room', { connection }));
  inScope(() => ({ nothing: useOnReconnect(told, ref(connection) as never) }));
  await online();
  await drop();
  agree({ recovered: true });
  expect(told.mock.calls).toEqual([[{ downtime: expect.any(Number), recovered: true }]]);
});

it('a listener that is gone is told nothing, not even by channels that come back later', async () => {
  const connection = connect();
  const told = vi.fn();
  const { stop } = inScope(() => ({ nothing: useOnReconnect(told, connection) }));
  mountSetup(() => useChannel('room', { connection }));
  await online();
  await drop();
  stop();
  agree();
  await pass();
  expect(told).not.toHaveBeenCalled();
});
