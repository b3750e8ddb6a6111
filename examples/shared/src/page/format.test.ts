import { expect, it } from 'vitest';
import { detailOf, formatBytes, formatChange, formatKilobytes, formatMilliseconds } from './format';

it('counts down to the next attempt', () => {
  const waiting = { status: 'reconnecting', attempt: 3, retryAt: 2_500, paused: null } as const;
  expect(detailOf(waiting, 1_000)).toBe('attempt 3 in 1.5 s');
  expect(detailOf(waiting, 9_000)).toBe('attempt 3 in 0.0 s');
  expect(detailOf({ ...waiting, retryAt: null }, 1_000)).toBe('attempt 3');
});

it('says why nothing is tried', () => {
  expect(detailOf({ status: 'reconnecting', attempt: 1, retryAt: null, paused: 'offline' }, 0)).toBe('waits: offline');
});

it('says nothing more of a line that is up', () => {
  expect(detailOf({ status: 'connected', attempt: 0, retryAt: null, paused: null }, 0)).toBe('');
});

it('writes numbers to be read', () => {
  expect([formatMilliseconds(0.2), formatMilliseconds(2), formatMilliseconds(1_234.5)]).toEqual([
    '< 1 ms',
    '2.0 ms',
    '1235 ms',
  ]);
  expect([formatBytes(78e6), formatBytes(25.3e9)]).toEqual(['78 MB', '25.3 GB']);
  expect([formatKilobytes(0), formatKilobytes(1), formatKilobytes(1_048_576)]).toEqual(['0 KiB', '1 KiB', '1,024 KiB']);
  expect([formatChange(0.0123), formatChange(-0.5)]).toEqual(['+1.23 %', '−50.00 %']);
});
