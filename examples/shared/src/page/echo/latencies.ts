/** Round trips in milliseconds, and what they come to; `null` before the first. */
export interface LatencyFigures {
  /** The newest 120, oldest first. */
  readonly samples: readonly { readonly at: number; readonly ms: number }[];
  readonly last: number | null;
  readonly min: number | null;
  readonly mean: number | null;
  readonly p95: number | null;
}

const KEPT = 120;
const NONE: LatencyFigures = { samples: [], last: null, min: null, mean: null, p95: null };

/** The round trips of a line. Its methods need no `this`. */
export class Latencies {
  #figures = NONE;
  readonly #listeners = new Set<() => void>();

  readonly getSnapshot = (): LatencyFigures => this.#figures;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @param at When it was measured, in milliseconds since the epoch. */
  readonly add = (ms: number, at = Date.now()): void => {
    const samples = [...this.#figures.samples.slice(1 - KEPT), { at, ms }];
    const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
    const mean = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
    const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? ms; // the nearest rank
    this.#replace({ samples, last: ms, min: sorted[0] ?? ms, mean, p95 });
  };

  readonly clear = (): void => this.#replace(NONE);

  #replace(figures: LatencyFigures): void {
    this.#figures = figures;
    for (const listener of this.#listeners) listener();
  }
}
