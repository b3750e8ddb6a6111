import { CANDLE_INTERVAL, CANDLES_KEPT, type Candle, type MarketMessage, type Tick } from '@tautline-examples/shared';

/** The candles of one symbol: what the server told, and every tick since. */
export interface LiveCandles {
  readonly symbol: string;
  readonly candles: readonly Candle[];
  /** The newest tick that is in them. */
  readonly until: number;
  /** Shares traded today, up to that tick. */
  readonly traded: number;
  /** By how much the server's clock is ahead of ours, in milliseconds. */
  readonly clockAhead: number;
}

/**
 * An answer to a request for candles begins them; each later tick of its symbol grows the last one, or begins another.
 *
 * @param now milliseconds since the epoch, by our clock
 */
export function foldCandles(state: LiveCandles | null, message: MarketMessage, now: number): LiveCandles | null {
  if (message.type === 'candles') {
    const { symbol, candles, until, volume, at } = message;
    return { symbol, candles, until, traded: volume, clockAhead: at - now };
  }
  if (!state || message.type !== 'tick' || message.symbol !== state.symbol) return state;
  if (message.seq <= state.until) return state; // an answer overtakes the ticks that are in it
  return addTick(state, message, now);
}

function addTick(state: LiveCandles, { seq, price, volume }: Tick, now: number): LiveCandles {
  const time = now + state.clockAhead;
  const start = time - (time % CANDLE_INTERVAL);
  const last = state.candles.at(-1);
  const trade: Candle = { start, open: price, high: price, low: price, close: price, volume: volume - state.traded };
  const candles =
    last && last.start >= start
      ? [...state.candles.slice(0, -1), merge(last, trade)]
      : [...state.candles, trade].slice(-CANDLES_KEPT);
  return { ...state, candles, until: seq, traded: volume };
}

/** Larger candles. @param interval milliseconds, a multiple of {@link CANDLE_INTERVAL} */
export function aggregateCandles(candles: readonly Candle[], interval: number): readonly Candle[] {
  if (interval === CANDLE_INTERVAL) return candles;
  const larger: Candle[] = [];
  for (const candle of candles) {
    const start = candle.start - (candle.start % interval);
    const last = larger.at(-1);
    if (last?.start === start) larger[larger.length - 1] = merge(last, candle);
    else larger.push({ ...candle, start });
  }
  return larger;
}

/**
 * Where `after` goes on from `before`: the index of the last candle that has grown, or of the first that is new. `null`
 * when it is another series, or ends sooner, as a new answer may whose server's clock was taken for a little slower.
 */
export function goesOnFrom(before: readonly Candle[], after: readonly Candle[]): number | null {
  if (before.length === 0 || after.length < before.length) return null;
  const differs = before.findIndex((candle, index) => !isSame(candle, after[index]));
  if (differs === -1) return before.length;
  return differs === before.length - 1 && differs > 0 && before[differs]?.start === after[differs]?.start
    ? differs
    : null;
}

const isSame = (a?: Candle, b?: Candle): boolean =>
  a === b ||
  (a?.start === b?.start &&
    a?.high === b?.high &&
    a?.low === b?.low &&
    a?.close === b?.close &&
    a?.volume === b?.volume);

const merge = (first: Candle, second: Candle): Candle => ({
  start: first.start,
  open: first.open,
  high: Math.max(first.high, second.high),
  low: Math.min(first.low, second.low),
  close: second.close,
  volume: first.volume + second.volume,
});
