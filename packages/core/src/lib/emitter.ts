import { isolate } from './isolate';

/** A listener added twice counts twice, so each gets an entry of its own; an empty one has been removed. */
interface Entry<T> {
  listener: ((detail: T) => void) | undefined;
}

/** Listeners by event. One that throws is reported and does not keep its siblings from hearing. */
export class Emitter<K, T = void> {
  /** Lists are replaced, not changed: who is added while one is walked hears from the next event on. */
  readonly #entries = new Map<K, readonly Entry<T>[]>();

  /** For how many events somebody listens. */
  get size(): number {
    return this.#entries.size;
  }

  on(event: K, listener: (detail: T) => void): () => void {
    const entry: Entry<T> = { listener };
    this.#entries.set(event, [...(this.#entries.get(event) ?? []), entry]);
    return () => {
      entry.listener = undefined;
      const others = this.#entries.get(event)?.filter((other) => other !== entry);
      if (others?.length) this.#entries.set(event, others);
      else this.#entries.delete(event);
    };
  }

  emit(event: K, detail: T): void {
    for (const { listener } of this.#entries.get(event) ?? []) if (listener) isolate(listener, detail);
  }

  clear(): void {
    for (const entries of this.#entries.values()) for (const entry of entries) entry.listener = undefined;
    this.#entries.clear();
  }
}
