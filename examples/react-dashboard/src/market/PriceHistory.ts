import { LISTINGS, type Tick } from '@tautline-examples/shared';

/** The newest prices of every symbol at regular times: what the chart draws, whichever symbol is chosen. */
export class PriceHistory {
  readonly #times: number[] = [];
  readonly #prices = new Map<string, (number | null)[]>(LISTINGS.map(({ symbol }) => [symbol, []]));

  constructor(private readonly capacity: number) {}

  sample(now: number, tickOf: (symbol: string) => Tick | undefined): void {
    append(this.#times, now, this.capacity);
    for (const [symbol, prices] of this.#prices) append(prices, tickOf(symbol)?.price ?? null, this.capacity);
  }

  /** Times, and the symbol's prices at them. */
  of(symbol: string): readonly (readonly (number | null)[])[] {
    return [[...this.#times], [...(this.#prices.get(symbol) ?? [])]];
  }
}

function append<T>(values: T[], value: T, capacity: number): void {
  values.push(value);
  if (values.length > capacity) values.shift();
}
