/** How many slots may be empty at the front before they are given back. */
const SPARE = 1_000;

/** First in, first out, in constant time. */
export class Fifo<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** The oldest item, left in; `undefined` when empty. */
  peek(): T | undefined {
    return this.#items[this.#head];
  }

  /** Takes the oldest item out; `undefined` when empty. */
  shift(): T | undefined {
    if (!this.size) return undefined;
    const item = this.peek();
    this.#items[this.#head++] = undefined; // do not keep it alive
    if (this.#head > SPARE && this.#head > this.size) {
      this.#items = this.toArray();
      this.#head = 0;
    }
    return item;
  }

  /** All, or without so many of the oldest. */
  toArray(from = 0): T[] {
    return this.#items.slice(this.#head + from) as T[]; // from the head on, every slot is filled
  }
}
