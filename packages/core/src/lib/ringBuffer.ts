/** First in, first out, in constant time; grows by doubling. */
export interface RingBuffer<T> {
  readonly size: number;
  push(item: T): void;
  /** Takes the oldest item out; `undefined` when empty. */
  shift(): T | undefined;
  /** The oldest item, left in; `undefined` when empty. */
  peek(): T | undefined;
  toArray(): T[];
}

export function createRingBuffer<T>(): RingBuffer<T> {
  let slots: (T | undefined)[] = new Array(8);
  let head = 0;
  let size = 0;

  const at = (index: number) => (head + index) & (slots.length - 1); // the length is a power of two
  const toArray = () => Array.from({ length: size }, (_, index) => slots[at(index)] as T); // below size, every slot is filled

  return {
    get size() {
      return size;
    },

    push(item) {
      if (size === slots.length) {
        const items = toArray();
        slots = items.concat(new Array(size));
        head = 0;
      }
      slots[at(size++)] = item;
    },

    shift() {
      if (!size) return undefined;
      const item = slots[head];
      slots[head] = undefined; // do not keep it alive
      head = at(1);
      size--;
      return item;
    },

    peek: () => slots[head],
    toArray,
  };
}
