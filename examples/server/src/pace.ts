/** How many updates are due, when so many per second are wanted and the clock ticks unevenly. */
export class Pace {
  #owed = 0;

  constructor(public rate: number) {}

  /** @param elapsed milliseconds since the call before; after a long sleep only 250 of them count. */
  due(elapsed: number): number {
    this.#owed += (this.rate * Math.min(elapsed, 250)) / 1_000;
    const whole = Math.floor(this.#owed);
    this.#owed -= whole;
    return whole;
  }
}

/** `count` of the items, evenly spread; all of them when there are not more. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)] as T); // the index is within
}
