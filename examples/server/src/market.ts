import { CANDLES_KEPT, LISTINGS, type Candle, type Candles } from '@tautline-examples/shared';
import { CandleRing } from './candleRing';
import { pastCandles } from './pastCandles';
import { cents, walk } from './walk';

interface Quote {
  readonly symbol: string;
  readonly open: number;
  price: number;
  volume: number;
  /** What it cost since the server runs. */
  readonly candles: CandleRing;
}

/** 1,000 prices on a random walk. An update is the JSON of a `Tick` without its number. */
export class Market {
  readonly #quotes: Quote[];
  readonly #bySymbol: ReadonlyMap<string, Quote>;
  /** What it might have cost before; made up when first asked for. */
  readonly #past = new Map<string, readonly Candle[]>();
  readonly #startedAt: number;

  /** @param now milliseconds since the epoch */
  constructor(
    private readonly random: () => number,
    private readonly now: () => number,
  ) {
    this.#startedAt = now();
    this.#quotes = LISTINGS.map(({ symbol }) => {
      const price = cents(5 * 10 ** (random() * 1.8));
      return { symbol, open: price, price, volume: 0, candles: new CandleRing() };
    });
    this.#bySymbol = new Map(this.#quotes.map((quote) => [quote.symbol, quote]));
  }

  /** Every price as it is. */
  snapshot(): string[] {
    return this.#quotes.map(encode);
  }

  /** Moves `count` prices, chosen at random. */
  step(count: number): string[] {
    const now = this.now();
    return Array.from({ length: count }, () => {
      const quote = this.#quotes[Math.floor(this.random() * this.#quotes.length)] as Quote; // the index is within
      const shares = 1 + Math.floor(this.random() * 500);
      quote.price = walk(quote.price, quote.open, this.random);
      quote.volume += shares;
      quote.candles.add(now, quote.price, shares);
      return encode(quote);
    });
  }

  /** @param until the number of the newest tick that the client was sent, or will be */
  candles(symbol: string, until: number): Candles {
    const quote = this.#bySymbol.get(symbol);
    if (!quote) throw new RangeError(`There is no symbol ${symbol}.`);
    const candles = [...this.#pastOf(quote), ...quote.candles.toArray()].slice(-CANDLES_KEPT);
    return { type: 'candles', symbol, at: this.now(), until, volume: quote.volume, candles };
  }

  #pastOf({ symbol, open }: Quote): readonly Candle[] {
    const past = this.#past.get(symbol) ?? pastCandles(open, this.#startedAt, this.random);
    this.#past.set(symbol, past);
    return past;
  }
}

const encode = ({ symbol, price, open, volume }: Quote): string =>
  `{"type":"tick","symbol":"${symbol}","price":${price},"open":${open},"volume":${volume}}`;
