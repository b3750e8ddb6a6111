import type { Clock } from './clock';

/** One alarm that can be moved: setting it again forgets the time before. */
export class Timer {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  get isSet(): boolean {
    return this.#cancel !== undefined;
  }

  /** @param delay In milliseconds; `Infinity` is never. */
  set(delay: number): void {
    this.clear();
    this.#cancel = this.#clock.setTimeout(() => {
      this.#cancel = undefined;
      this.#ring();
    }, delay);
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
