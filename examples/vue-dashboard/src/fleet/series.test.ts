import { expect, it } from 'vitest';
import { append, countGaps, refill } from './series';

const series = (...times: number[]) => times.map((at) => ({ at }));

it.each([
  ['the first', [], 1, [1]],
  ['the next', [1, 2], 3, [1, 2, 3]],
  ['one too many', [1, 2, 3], 4, [2, 3, 4]],
  ['one that is there', [1, 2], 2, [1, 2]],
  ['an old one', [1, 2], 1, [1, 2]],
])('takes %s, and keeps three', (_what, known, at, expected) => {
  expect(append(series(...known), { at }, 3)).toEqual(series(...expected));
});

it('is the same series when nothing is added', () => {
  const known = series(1, 2);
  expect(append(known, { at: 2 }, 3)).toBe(known);
});

it.each([
  ['nothing known', [], [1, 2], [1, 2]],
  ['older ones', [0, 1], [5, 6], [5, 6]],
  ['some that came before the answer was looked at', [2, 3], [1, 2], [1, 2, 3]],
  ['too many', [4, 5], [1, 2, 3], [3, 4, 5]],
  ['an empty answer', [1, 2], [], [1, 2]],
])('is refilled: %s', (_what, known, kept, expected) => {
  expect(refill(series(...known), series(...kept), 3)).toEqual(series(...expected));
});

it.each([
  [[], 0],
  [[1], 0],
  [[1, 2, 3], 0],
  [[1, 3, 4, 6], 2],
])('counts the gaps of %j', (times, gaps) => {
  expect(countGaps(series(...times), 1)).toBe(gaps);
});
