import { expect, it } from 'vitest';
import { Pace, spread } from './pace';

it('makes the rate, however unevenly the clock ticks', () => {
  const pace = new Pace(1_000);
  const total = [20, 19, 33, 1, 7, 20, 100].reduce((sum, elapsed) => sum + pace.due(elapsed), 0);
  expect(total).toBe(200);
});

it('owes fractions instead of losing them', () => {
  const pace = new Pace(10);
  expect(Array.from({ length: 50 }, () => pace.due(20)).reduce((sum, due) => sum + due)).toBe(10);
});

it('does not catch up on a long sleep', () => {
  expect(new Pace(1_000).due(3_600_000)).toBe(250);
});

it('spreads a choice evenly', () => {
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]);
  expect(spread([0, 1], 5)).toEqual([0, 1]);
  expect(spread([0, 1], 0)).toEqual([]);
});
