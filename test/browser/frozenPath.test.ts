import { createConnection } from '@tautline/core';
import { expect, onTestFinished, test } from 'vitest';
import { testPath } from './path';

test('replaces a socket on a frozen TCP path within 3.5 s', async () => {
  const path = testPath();
  const connection = createConnection(path.url(), {
    heartbeat: { interval: 1_000, timeout: 1_000, message: 'ping' },
  });
  onTestFinished(connection.dispose);
  const reconnected = new Promise<number>((resolve) => connection.on('reconnected', () => resolve(performance.now())));
  const lost = new Promise<unknown>((resolve) => connection.on('disconnected', ({ error }) => resolve(error?.code)));
  const answered = new Promise((resolve) => connection.on('message', resolve));
  connection.connect();
  await answered; // the first pong: from here the next ping is furthest away, the worst moment

  const frozenAt = performance.now();
  await path.freeze();
  const replacedAfter = (await reconnected) - frozenAt;

  console.info(`Frozen path: replaced after ${Math.round(replacedAfter)} ms`);
  expect(replacedAfter).toBeLessThan(3_500);
  expect(await lost).toBe('heartbeat-timeout');
  expect(await path.seen()).toMatchObject({ accepted: 2, open: 2, closes: [] }); // the server has not noticed yet
});
