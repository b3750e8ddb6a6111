import { CANDLE_INTERVAL, CANDLES_KEPT, LISTINGS, seededRandom } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { Market } from './market';

const market = (seed: number, now = () => 1e12) => new Market(seededRandom(seed), now);
const parse = (updates: string[]) =>
  updates.map(
    (update) => JSON.parse(update) as { type: string; symbol: string; price: number; open: number; volume: number },
  );

it('has 1,000 symbols, each with a price', () => {
  const ticks = parse(market(1).snapshot());
  expect(new Set(ticks.map(({ symbol }) => symbol)).size).toBe(1_000);
  expect(ticks.every(({ type, price, open }) => type === 'tick' && price === open && price >= 5)).toBe(true);
});

it('makes as many updates as it is asked for', () => {
  const fresh = market(1);
  expect(fresh.step(200)).toHaveLength(200);
  expect(fresh.step(0)).toHaveLength(0);
});

it('walks: prices change, by little at a time, and stay near the open for long', () => {
  const fresh = market(7);
  const ticks = parse(fresh.step(200_000));
  expect(ticks.some(({ price, open }) => price > open)).toBe(true);
  expect(ticks.some(({ price, open }) => price < open)).toBe(true);
  expect(Math.max(...ticks.slice(-1_000).map(({ price, open }) => Math.abs(price / open - 1)))).toBeLessThan(0.5);
  expect(ticks.every(({ price }) => Number.isFinite(price) && price > 0)).toBe(true);
});

const symbol = LISTINGS[0]?.symbol ?? '';

it('has a past on a fresh server, which leads to the opening price and stays as it was told', () => {
  const fresh = market(1);
  const { candles, at, volume } = fresh.candles(symbol, 7);
  expect(candles.map(({ start }) => start)).toEqual(
    Array.from({ length: CANDLES_KEPT }, (_, index) => at + (index - CANDLES_KEPT) * CANDLE_INTERVAL),
  );
  expect(candles.at(-1)?.close).toBe(parse(fresh.snapshot())[0]?.open);
  expect(
    candles.every(({ open, high, low, close }) => low <= Math.min(open, close) && high >= Math.max(open, close)),
  ).toBe(true);
  expect(candles.slice(1).every(({ open }, index) => open === candles[index]?.close)).toBe(true);
  expect(volume).toBe(0);
  expect(fresh.candles(symbol, 8)).toEqual({ type: 'candles', symbol, at, until: 8, volume, candles });
});

it('adds what happens to the candles', () => {
  let now = 1e12;
  const fresh = market(1, () => now);
  now += 3 * CANDLE_INTERVAL;
  const prices = parse(fresh.step(20_000)).filter((tick) => tick.symbol === symbol);
  const { candles, volume } = fresh.candles(symbol, 1);
  expect(candles).toHaveLength(CANDLES_KEPT);
  expect(candles.at(-1)).toEqual({
    start: now,
    open: prices[0]?.price,
    high: Math.max(...prices.map(({ price }) => price)),
    low: Math.min(...prices.map(({ price }) => price)),
    close: prices.at(-1)?.price,
    volume,
  });
});

it('repeats itself for the same seed', () => {
  expect(market(3).step(50)).toEqual(market(3).step(50));
});
