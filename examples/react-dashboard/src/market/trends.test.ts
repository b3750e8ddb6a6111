import { expect, it, vi } from 'vitest';
import { lineOf, riseOf, Trends } from './trends';

const prices = (...pairs: [string, number][]) => pairs.map(([symbol, price]) => [symbol, { price }] as const);

it('keeps the newest prices of each symbol', () => {
  const trends = new Trends(2);
  for (const price of [1, 2, 3]) trends.sample(prices(['AAAA', price], ['BBBB', 10 * price]));
  expect([trends.of('AAAA'), trends.of('BBBB'), trends.of('CCCC')]).toEqual([[2, 3], [20, 30], []]);
});

it('tells who listens, once for all symbols', () => {
  const trends = new Trends(2);
  const listener = vi.fn();
  const stop = trends.subscribe(listener);
  trends.sample(prices(['AAAA', 1], ['BBBB', 2]));
  stop();
  trends.sample(prices(['AAAA', 1]));
  expect(listener).toHaveBeenCalledTimes(1);
  expect(trends.of('AAAA')).toBe(trends.of('AAAA'));
});

it.each([
  [[], null],
  [[10], null],
  [[10, 5, 12], 0.2],
])('%j rises by %s', (trend, rise) => {
  expect(riseOf(trend)).toEqual(rise === null ? null : expect.closeTo(rise));
});

it.each([
  [[], ''],
  [[5], '0.0,10.0'],
  [[5, 5], '0.0,10.0 20.0,10.0'],
  [[1, 3, 2], '0.0,10.0 10.0,0.0 20.0,5.0'],
])('draws %j as "%s"', (trend, line) => {
  expect(lineOf(trend, 20, 10)).toBe(line);
});
