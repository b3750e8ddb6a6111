import { expect, it } from 'vitest';
import { TokenBucket } from './tokenBucket';

const takeAll = (bucket: TokenBucket, now: number) => {
  let taken = 0;
  while (bucket.take(now)) taken += 1;
  return taken;
};

it('lets a burst through, and then no more', () => {
  expect(takeAll(new TokenBucket(5, 10, 0), 0)).toBe(5);
});

it('refills with time', () => {
  const bucket = new TokenBucket(5, 10, 0);
  takeAll(bucket, 0);
  expect(takeAll(bucket, 300)).toBe(3);
});

it('saves no more than one burst', () => {
  const bucket = new TokenBucket(5, 10, 0);
  expect(takeAll(bucket, 60_000)).toBe(5);
});
