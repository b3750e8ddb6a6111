import { isolate } from './isolate';

/** A listener added twice counts twice, so each gets an entry of its own; an empty one has been removed. */
interface Entry<K, T> {
  readonly event: K;
  listener: ((detail: T) => void) | undefined;
}

/** Listeners to a few kinds of events. One that throws is reported and does not keep its siblings from hearing. */
export class Emitter<K, T = void> {
  /** Replaced, not changed: who is added while it is walked hears from the next event on. */
  #entries: readonly Entry<K, T>[] = [];

  /** How many listen. */
  get size(): number {
    return this.#entries.length;
  }

  on(event: K, listener: (detail: T) => void): () => void {
    const entry: Entry<K, T> = { event, listener };
    this.#entries = this.#entries.concat(entry); // a spread would leave room for 16 more
    return () => {
      entry.listener = undefined;
      this.#entries = this.#entries.filter((other) => other !== entry).slice(); // filtered, it has room too
    };
  }

  emit(event: K, detail: T): void {
    for (const { event: heard, listener } of this.#entries) if (heard === event && listener) isolate(listener, detail);
  }

  clear(): void {
    for (const entry of this.#entries) entry.listener = undefined;
    this.#entries = [];
  }
}
