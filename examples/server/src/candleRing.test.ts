import { CANDLE_INTERVAL, CANDLES_KEPT } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { CandleRing } from './candleRing';

it('has no candle before the first trade', () => {
  expect(new CandleRing().toArray()).toEqual([]);
});

it('gathers the trades of an interval', () => {
  const ring = new CandleRing();
  for (const [now, price, shares] of [
    [10_100, 5, 1],
    [11_000, 7, 20],
    [14_999, 4, 300],
    [15_000, 6, 4],
  ] as const)
    ring.add(now, price, shares);
  expect(ring.toArray()).toEqual([
    { start: 10_000, open: 5, high: 7, low: 4, close: 4, volume: 321 },
    { start: 15_000, open: 6, high: 6, low: 6, close: 6, volume: 4 },
  ]);
});

it('keeps the newest, and does not fill the time in which nobody traded', () => {
  const ring = new CandleRing();
  const trades = CANDLES_KEPT + 10;
  for (let n = 1; n <= trades; n++) ring.add(2 * n * CANDLE_INTERVAL, n, 1);
  const prices = ring.toArray().map(({ close }) => close);
  expect(prices).toHaveLength(CANDLES_KEPT);
  expect([prices[0], prices.at(-1)]).toEqual([11, trades]);
});
