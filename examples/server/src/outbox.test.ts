import { expect, it } from 'vitest';
import { Outbox } from './outbox';

it('numbers frames from 1', () => {
  const outbox = new Outbox(10);
  outbox.append('{"type":"ack"}');
  expect(JSON.parse(outbox.at(1) ?? '')).toEqual({ seq: 1, type: 'ack' });
  expect(outbox.next).toBe(2);
});

it('keeps the newest frames and forgets the others', () => {
  const outbox = new Outbox(3);
  for (let n = 1; n <= 5; n++) outbox.append(`{"n":${n}}`);
  expect(outbox.first).toBe(3);
  expect([2, 3, 4, 5, 6].map((seq) => outbox.at(seq))).toEqual([
    undefined,
    '{"seq":3,"n":3}',
    '{"seq":4,"n":4}',
    '{"seq":5,"n":5}',
    undefined,
  ]);
});
