import { expect, it, vi } from 'vitest';
import { simulate } from './simulation';

it.each([
  [
    'throws',
    () => {
      throw new Error('of the reporter');
    },
  ],
  ['rejects', () => Promise.reject(new Error('of the reporter'))],
])('an `onError` that %s ends neither the process nor the lane that called it', async (_, onError) => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {});
  const bug = new Error('of the hook');
  const { open } = simulate({
    onError,
    channels: {
      room: {
        publish() {
          throw bug;
        },
      },
    },
  });
  const line = open();
  await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'room' } });
  await line.send({ id: 3, publish: { channel: 'room', data: 1 } }, { id: 4, presence_stats: { channel: 'room' } });
  expect(line.frames.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  expect(line.frames[2]).toMatchObject({ error: { code: 100 } });
  expect(print).toHaveBeenCalledExactlyOnceWith(expect.any(String), expect.any(Error), bug);
  print.mockRestore();
});
