import { expect, it } from 'vitest';
import { Latencies } from './latencies';

const figuresOf = (...round: number[]) => {
  const latencies = new Latencies();
  round.forEach((ms, at) => latencies.add(ms, at));
  return latencies.getSnapshot();
};

it('knows nothing before the first', () => {
  expect(figuresOf()).toEqual({ samples: [], last: null, min: null, mean: null, p95: null });
});

it.each([
  { round: [5], last: 5, min: 5, mean: 5, p95: 5 },
  { round: [3, 1, 2], last: 2, min: 1, mean: 2, p95: 3 },
  { round: Array.from({ length: 20 }, (_, n) => n + 1), last: 20, min: 1, mean: 10.5, p95: 19 },
])('sums up $round', ({ round, ...figures }) => expect(figuresOf(...round)).toMatchObject(figures));

it('keeps the newest 120', () => {
  const { samples, min } = figuresOf(...Array.from({ length: 130 }, (_, n) => n));
  expect(samples).toHaveLength(120);
  expect(min).toBe(10);
});

it('tells who listens, and starts anew', () => {
  const latencies = new Latencies();
  let told = 0;
  latencies.subscribe(() => (told += 1));
  latencies.add(1);
  latencies.clear();
  expect(told).toBe(2);
  expect(latencies.getSnapshot().last).toBeNull();
});
