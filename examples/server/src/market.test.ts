import { seededRandom } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { Market } from './market';

const parse = (updates: string[]) =>
  updates.map(
    (update) => JSON.parse(update) as { type: string; symbol: string; price: number; open: number; volume: number },
  );

it('has 1,000 symbols, each with a price', () => {
  const ticks = parse(new Market(seededRandom(1)).snapshot());
  expect(new Set(ticks.map(({ symbol }) => symbol)).size).toBe(1_000);
  expect(ticks.every(({ type, price, open }) => type === 'tick' && price === open && price >= 5)).toBe(true);
});

it('makes as many updates as it is asked for', () => {
  const market = new Market(seededRandom(1));
  expect(market.step(200)).toHaveLength(200);
  expect(market.step(0)).toHaveLength(0);
});

it('walks: prices change, by little at a time, and stay near the open for long', () => {
  const market = new Market(seededRandom(7));
  const ticks = parse(market.step(200_000));
  expect(ticks.some(({ price, open }) => price > open)).toBe(true);
  expect(ticks.some(({ price, open }) => price < open)).toBe(true);
  expect(Math.max(...ticks.slice(-1_000).map(({ price, open }) => Math.abs(price / open - 1)))).toBeLessThan(0.5);
  expect(ticks.every(({ price }) => Number.isFinite(price) && price > 0)).toBe(true);
});

it('repeats itself for the same seed', () => {
  expect(new Market(seededRandom(3)).step(50)).toEqual(new Market(seededRandom(3)).step(50));
});
