import { expect, it } from 'vitest';
import { Faults, SLOW_BY } from './faults';

it('is healthy, then frozen for as long as asked, then healthy', () => {
  let now = 0;
  const faults = new Faults(() => now);
  expect(faults.frozen).toBe(false);
  faults.freeze(3);
  now = 2_999;
  expect(faults.frozen).toBe(true);
  now = 3_000;
  expect(faults.frozen).toBe(false);
});

it('refuses handshakes for as long as asked', () => {
  let now = 0;
  const faults = new Faults(() => now);
  expect(faults.refusal).toBeNull();
  faults.refuse('401 Unauthorized', 2);
  now = 1_999;
  expect(faults.refusal).toBe('401 Unauthorized');
  now = 2_000;
  expect(faults.refusal).toBeNull();
});

it('is late while it is slow', () => {
  let now = 0;
  const faults = new Faults(() => now);
  faults.slow(5);
  expect(faults.delay).toBe(SLOW_BY);
  now = 5_000;
  expect(faults.delay).toBe(0);
});
