import { expect, inject, test } from 'vitest';

test('a page opens a real WebSocket and hears its own words', async () => {
  const socket = new WebSocket(inject('echoUrl'));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const answer = new Promise((resolve) => socket.addEventListener('message', ({ data }) => resolve(data)));
  socket.send('taut');
  expect(await answer).toBe('taut');

  const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
  socket.close(1000);
  expect(await closed).toMatchObject({ code: 1000, wasClean: true });
});
