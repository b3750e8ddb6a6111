import { CANDLES_KEPT, type Candle, type Candles, type MarketMessage } from '@tautline-examples/shared';
import { describe, expect, it } from 'vitest';
import { aggregateCandles, foldCandles, goesOnFrom } from './candles';

const candle = (start: number, close = 10, over: Partial<Candle> = {}): Candle => ({
  start,
  open: close,
  high: close,
  low: close,
  close,
  volume: 1,
  ...over,
});
const answer = (over: Partial<Candles> = {}): Candles => ({
  type: 'candles',
  symbol: 'AAAA',
  at: 12_000,
  until: 5,
  volume: 100,
  candles: [candle(5_000), candle(10_000)],
  ...over,
});
const tick = (seq: number, price: number, volume: number, symbol = 'AAAA'): MarketMessage => ({
  type: 'tick',
  seq,
  symbol,
  price,
  volume,
  open: 10,
});
const fold = (...messages: (readonly [now: number, message: MarketMessage])[]) =>
  messages.reduce<ReturnType<typeof foldCandles>>((state, [now, message]) => foldCandles(state, message, now), null);

describe('history and live data', () => {
  it('is nothing before the answer', () => {
    expect(fold([0, tick(1, 10, 1)])).toBeNull();
  });

  it('grows the last candle by each tick, and counts only what was traded since', () => {
    const state = fold([12_000, answer()], [12_500, tick(6, 12, 110)], [13_000, tick(9, 9, 115)]);
    expect(state?.candles.at(-1)).toEqual({ start: 10_000, open: 10, high: 12, low: 9, close: 9, volume: 16 });
    expect(state?.candles).toHaveLength(2);
  });

  it('begins another candle when its time has come, and forgets the oldest', () => {
    const full = Array.from({ length: CANDLES_KEPT }, (_, index) => candle(5_000 * (index - CANDLES_KEPT + 3)));
    const state = fold([12_000, answer({ candles: full })], [15_000, tick(6, 12, 107)]);
    expect(state?.candles).toHaveLength(CANDLES_KEPT);
    expect(state?.candles.at(-1)).toEqual(candle(15_000, 12, { volume: 7 }));
    expect(state?.candles[0]).toBe(full[1]);
  });

  it.each([
    ['of another symbol', tick(6, 99, 101, 'BBBB')],
    ['that the answer has already', tick(5, 99, 100)],
  ])('leaves out a tick %s', (_which, late) => {
    const before = fold([12_000, answer()]);
    expect(foldCandles(before, late, 12_001)).toBe(before);
  });

  it('goes by the clock of the server', () => {
    const state = fold([900_000, answer({ at: 12_000 })], [904_000, tick(6, 12, 107)]);
    expect(state?.candles.at(-1)?.start).toBe(15_000);
  });

  it('does not go back when the clock does', () => {
    const state = fold([12_000, answer()], [8_000, tick(6, 12, 107)]);
    expect(state?.candles.map(({ start }) => start)).toEqual([5_000, 10_000]);
  });

  it('begins anew with the next answer', () => {
    const next = answer({ symbol: 'BBBB', candles: [] });
    expect(fold([12_000, answer()], [12_000, next])).toMatchObject({ symbol: 'BBBB', candles: [] });
  });
});

it('aggregates by the clock: first, highest, lowest, last and the sum', () => {
  const candles = [
    candle(10_000, 4, { open: 5, high: 6, low: 3 }),
    candle(15_000, 7, { volume: 20 }),
    candle(25_000, 2, { volume: 300 }),
    candle(30_000, 8),
  ];
  expect(aggregateCandles(candles, 15_000)).toEqual([
    candle(0, 4, { open: 5, high: 6, low: 3 }),
    candle(15_000, 2, { open: 7, high: 7, volume: 320 }),
    candle(30_000, 8),
  ]);
  expect(aggregateCandles(candles, 5_000)).toBe(candles);
});

it.each<[string, Candle[], number | null]>([
  ['the same', [candle(0), candle(5_000)], 2],
  ['the last one has grown', [candle(0), candle(5_000, 11)], 1],
  ['the last one has grown, and another follows', [candle(0), candle(5_000, 11), candle(10_000)], 1],
  ['one more', [candle(0), candle(5_000), candle(10_000)], 2],
  ['another past', [candle(0, 11), candle(5_000)], null],
  ['moved on by one', [candle(5_000), candle(10_000)], null],
  ['the last one is another', [candle(0), candle(10_000)], null],
  ['ends sooner', [candle(0)], null],
  ['none', [], null],
])('finds where candles go on: %s', (_what, after, from) => {
  expect(goesOnFrom([candle(0), candle(5_000)], after)).toBe(from);
});

it('finds nothing to go on from in nothing', () => {
  expect(goesOnFrom([], [candle(0)])).toBeNull();
});
