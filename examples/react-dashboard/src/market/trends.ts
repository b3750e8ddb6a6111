/** Prices of one symbol at regular times, oldest first. */
export type Trend = readonly number[];

const NONE: Trend = [];

/** The last minute of every symbol, for the small lines: one price a second, which is all that they can show. */
export class Trends {
  #bySymbol: ReadonlyMap<string, Trend> = new Map();
  readonly #listeners = new Set<() => void>();

  /** @param length how many prices are kept */
  constructor(private readonly length: number) {}

  sample(prices: Iterable<readonly [symbol: string, tick: { readonly price: number }]>): void {
    const next = new Map<string, Trend>();
    for (const [symbol, { price }] of prices) next.set(symbol, [...this.of(symbol), price].slice(-this.length));
    this.#bySymbol = next;
    for (const listener of this.#listeners) listener();
  }

  /** The same array until the next sample. */
  of = (symbol: string): Trend => this.#bySymbol.get(symbol) ?? NONE;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** From the first to the last, as a share; `null` before there are two. */
export function riseOf(trend: Trend): number | null {
  const [first] = trend;
  const last = trend.at(-1);
  return trend.length < 2 || !first || last === undefined ? null : last / first - 1;
}

/** The points of a line that fills a box of `width` by `height`. */
export function lineOf(trend: Trend, width: number, height: number): string {
  const low = Math.min(...trend);
  const span = Math.max(...trend) - low || 1;
  const step = width / Math.max(1, trend.length - 1);
  return trend
    .map((price, index) => `${(index * step).toFixed(1)},${(height - ((price - low) / span) * height).toFixed(1)}`)
    .join(' ');
}
