import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { backoffDelay, WAKE_SPREAD, type Backoff } from './backoff';

const BACKOFF: Backoff = {
  initialDelay: 1_000,
  maxDelay: 10_000,
  factor: 2,
  jitter: 'full',
  maxAttempts: Infinity,
  minUptime: 5_000,
};
const NONE: Backoff = { ...BACKOFF, jitter: 'none' };

describe('the wait before a retry', () => {
  test('is bounded by a bound that doubles up to maxDelay', () => {
    expect([1, 2, 3, 4, 5, 99].map((attempt) => backoffDelay(NONE, attempt, null, 'retry', 0))).toEqual([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
  });

  test('with full jitter is a random share of it', () => {
    expect([0, 0.25, 0.999].map((random) => backoffDelay(BACKOFF, 3, null, 'retry', random))).toEqual([
      0, 1_000, 3_996,
    ]);
  });

  test('after retry-now is that of a first retry, however many came before', () => {
    expect(backoffDelay(NONE, 50, null, 'retry-now', 0)).toBe(1_000);
    expect(backoffDelay(BACKOFF, 50, null, 'retry-now', 0.5)).toBe(500);
  });

  test('after slow is in the upper half of maxDelay, from the first attempt on', () => {
    expect([0, 0.5, 1].map((random) => backoffDelay(BACKOFF, 1, null, 'slow', random))).toEqual([5_000, 7_500, 10_000]);
    expect(backoffDelay(NONE, 1, null, 'slow', 0)).toBe(10_000);
  });

  test('to replace a silent line is short once, and then as usual', () => {
    expect(backoffDelay(NONE, 1, null, 'replace', 0)).toBe(WAKE_SPREAD);
    expect(backoffDelay({ ...NONE, initialDelay: 50 }, 1, null, 'replace', 0)).toBe(50);
    expect(backoffDelay(NONE, 2, null, 'replace', 0)).toBe(2_000);
  });

  test('of your own is taken as it is, whatever the verdict', () => {
    const delay = vi.fn(() => 123);
    const close = { code: 1013, reason: '', wasClean: true };
    expect(backoffDelay({ ...BACKOFF, delay }, 4, close, 'slow', 0.5)).toBe(123);
    expect(delay).toHaveBeenCalledWith(4, close);
  });

  test('of your own may be none at all', () => {
    expect(backoffDelay({ ...NONE, delay: () => 0 }, 4, null, 'retry', 0)).toBe(0);
  });

  test('without one of your own is found without a complaint', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => report.mockRestore());
    expect(backoffDelay(NONE, 1, null, 'retry', 0)).toBe(1_000);
    expect(report).not.toHaveBeenCalled();
  });

  test.each([undefined, -1, NaN])('of your own that is %s is left to the options', (chosen) => {
    expect(backoffDelay({ ...NONE, delay: () => chosen }, 1, null, 'retry', 0)).toBe(1_000);
  });

  test('is a number from 0 to maxDelay for any options, attempt and chance', () => {
    const duration = fc.oneof(fc.constantFrom(0, Infinity), fc.integer({ min: 0, max: 2 ** 40 }));
    fc.assert(
      fc.property(
        fc.record({
          initialDelay: duration,
          maxDelay: duration,
          factor: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 100 })),
        }),
        fc.constantFrom('full' as const, 'none' as const),
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom('retry' as const, 'retry-now' as const, 'slow' as const, 'reauth' as const, 'replace' as const),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (numbers, jitter, attempt, verdict, random) => {
          const wait = backoffDelay({ ...BACKOFF, ...numbers, jitter }, attempt, null, verdict, random);
          expect(wait).toBeGreaterThanOrEqual(0);
          if (verdict !== 'replace') expect(wait).toBeLessThanOrEqual(numbers.maxDelay);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
