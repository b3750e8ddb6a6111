/** When something came back, and after how long, in milliseconds; `null` where the line was lost. */
export interface RoundTrip {
  readonly at: number;
  readonly ms: number | null;
}

/** Round trips kept for the sparkline: half a minute. */
const KEPT = 150;

/** How long the newest messages took to the server and back. */
export class RoundTrips {
  readonly #sentAt = new Map<number, number>();
  #newest: readonly RoundTrip[] = [];

  get newest(): readonly RoundTrip[] {
    return this.#newest;
  }

  /** Only for what left at once: what waited in the queue says nothing about the line. */
  sent(id: number): void {
    this.#sentAt.set(id, performance.now());
  }

  returned(id: number): void {
    const sent = this.#sentAt.get(id);
    if (sent === undefined) return;
    this.#sentAt.delete(id);
    this.#note(performance.now() - sent);
  }

  broken(): void {
    this.#sentAt.clear();
    this.#note(null);
  }

  #note(ms: number | null): void {
    this.#newest = [...this.#newest.slice(1 - KEPT), { at: Date.now(), ms }];
  }
}
