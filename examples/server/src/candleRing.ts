import { CANDLE_INTERVAL, CANDLES_KEPT, type Candle } from '@tautline-examples/shared';

const FIELDS = 6;
/** The one that is not finished counts too. */
const FINISHED = CANDLES_KEPT - 1;

type Growing = { -readonly [Field in keyof Candle]: Candle[Field] };

/** The newest candles of one symbol. The finished are bare numbers: as objects, those of 1,000 symbols would weigh several times as much. */
export class CandleRing {
  /** Made for the first one: a server starts faster without. */
  #cells: Float64Array | null = null;
  #finished = 0;
  #current: Growing | null = null;

  /** A trade at `now`, in milliseconds since the epoch. */
  add(now: number, price: number, shares: number): void {
    const start = now - (now % CANDLE_INTERVAL);
    if (this.#current?.start !== start) {
      this.#finish();
      this.#current = { start, open: price, high: price, low: price, close: price, volume: shares };
      return;
    }
    this.#current.high = Math.max(this.#current.high, price);
    this.#current.low = Math.min(this.#current.low, price);
    this.#current.close = price;
    this.#current.volume += shares;
  }

  /** Oldest first. */
  toArray(): Candle[] {
    const kept = Math.min(this.#finished, FINISHED);
    const finished = Array.from({ length: kept }, (_, index) => this.#read(this.#finished - kept + index));
    return this.#current ? [...finished, { ...this.#current }] : finished;
  }

  #finish(): void {
    if (!this.#current) return;
    const { start, open, high, low, close, volume } = this.#current;
    this.#cells ??= new Float64Array(FINISHED * FIELDS);
    this.#cells.set([start, open, high, low, close, volume], (this.#finished % FINISHED) * FIELDS);
    this.#finished += 1;
  }

  #read(index: number): Candle {
    const cell = (index % FINISHED) * FIELDS;
    const [start = 0, open = 0, high = 0, low = 0, close = 0, volume = 0] =
      this.#cells?.subarray(cell, cell + FIELDS) ?? [];
    return { start, open, high, low, close, volume };
  }
}
