import { LISTINGS } from '@tautline-examples/shared';

/** How far a price moves per update, as a share of itself. */
const STEP = 0.0012;
/** How strongly a price is pulled back to where the day began, so that it wanders for days and stays plausible. */
const PULL = 0.0005;

interface Quote {
  readonly symbol: string;
  readonly open: number;
  price: number;
  volume: number;
}

/** 1,000 prices on a random walk. An update is the JSON of a `Tick` without its number. */
export class Market {
  readonly #quotes: Quote[];

  constructor(private readonly random: () => number) {
    this.#quotes = LISTINGS.map(({ symbol }) => {
      const price = cents(5 * 10 ** (random() * 1.8));
      return { symbol, open: price, price, volume: 0 };
    });
  }

  /** Every price as it is. */
  snapshot(): string[] {
    return this.#quotes.map(encode);
  }

  /** Moves `count` prices, chosen at random. */
  step(count: number): string[] {
    return Array.from({ length: count }, () => {
      const quote = this.#quotes[Math.floor(this.random() * this.#quotes.length)] as Quote; // the index is within
      move(quote, this.random);
      return encode(quote);
    });
  }
}

function move(quote: Quote, random: () => number): void {
  const chance = (random() + random() + random() - 1.5) * 2; // near enough to a bell curve
  const drift = Math.log(quote.open / quote.price) * PULL;
  quote.price = Math.max(0.01, cents(quote.price * Math.exp(chance * STEP + drift)));
  quote.volume += 1 + Math.floor(random() * 500);
}

const cents = (price: number): number => Math.round(price * 100) / 100;

const encode = ({ symbol, price, open, volume }: Quote): string =>
  `{"type":"tick","symbol":"${symbol}","price":${price},"open":${open},"volume":${volume}}`;
