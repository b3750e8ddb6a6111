/** First in, first out, in constant time; grows by doubling. */
export class RingBuffer<T> {
  #slots: (T | undefined)[] = []; // its length is 0 or a power of two
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    if (this.#size === this.#slots.length) {
      this.#slots = [...this.toArray(), ...new Array<undefined>(this.#size || 1)];
      this.#head = 0;
    }
    this.#slots[this.#at(this.#size++)] = item;
  }

  /** The oldest item, left in; `undefined` when empty. */
  peek(): T | undefined {
    return this.#slots[this.#head];
  }

  /** Takes the oldest item out; `undefined` when empty. */
  shift(): T | undefined {
    const item = this.peek();
    if (this.#size) {
      this.#slots[this.#head] = undefined; // do not keep it alive
      this.#head = this.#at(1);
      this.#size--;
    }
    return item;
  }

  toArray(): T[] {
    return Array.from({ length: this.#size }, (_, index) => this.#slots[this.#at(index)] as T); // below size, every slot is filled
  }

  #at(index: number): number {
    return (this.#head + index) & (this.#slots.length - 1);
  }
}
