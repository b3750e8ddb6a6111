import { CANDLE_INTERVAL, CANDLES_KEPT, type Candle } from '@tautline-examples/shared';
import { walk } from './walk';

/** A candle at full rate is made of some 50 updates; ten strides of five look the same. */
const STRIDES = 10;
const UPDATES = 5;

/** A fresh server has a past too: walked backwards from the opening price, for a walk looks the same both ways. */
export function pastCandles(price: number, until: number, random: () => number): Candle[] {
  const end = until - (until % CANDLE_INTERVAL);
  const candles: Candle[] = [];
  let close = price;
  for (let n = 1; n <= CANDLES_KEPT; n++) {
    const prices = [close];
    for (let stride = 0; stride < STRIDES; stride++) {
      prices.push(walk(prices.at(-1) ?? close, price, random, UPDATES));
    }
    const open = prices.at(-1) ?? close;
    const volume = Math.round(STRIDES * UPDATES * 500 * random());
    candles.push({
      start: end - n * CANDLE_INTERVAL,
      open,
      high: Math.max(...prices),
      low: Math.min(...prices),
      close,
      volume,
    });
    close = open;
  }
  return candles.reverse();
}
