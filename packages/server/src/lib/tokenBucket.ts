import type { Clock } from './clock';

/** Allows `rate` a second on average, and `burst` at once after a rest. */
export class TokenBucket {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  constructor(clock: Pick<Clock, 'now'>, { rate, burst }: { readonly rate: number; readonly burst: number }) {
    this.#clock = clock;
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledAt = clock.now();
  }

  /** Whether there was one to take. */
  take(): boolean {
    const now = this.#clock.now();
    // A clock that was set back adds nothing and takes nothing away.
    const earned = (Math.max(0, now - this.#filledAt) / 1_000) * this.#rate;
    this.#tokens = Math.min(this.#burst, this.#tokens + earned);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
