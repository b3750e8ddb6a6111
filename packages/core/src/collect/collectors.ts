import { Fifo } from '../lib/fifo';

/**
 * How messages become state. `add` is called exactly once for each message; it may change and return
 * the accumulator it was given, if `view` then makes what the public sees, once per flush.
 */
export interface Collector<M, S, A = S> {
  initial(): A;
  add(accumulator: A, message: M): A;
  /** The immutable state of an accumulator. @default the accumulator itself */
  view?: (accumulator: A) => S;
}

/** A collector that sorts messages by key: components then wake only for their own. */
export interface KeyedCollector<M, K, V> extends Collector<M, ReadonlyMap<K, V>, Map<K, V>> {
  keyOf(message: M): K;
}

/** The last message; `undefined` before the first. */
export function latest<M>(): Collector<M, M | undefined> {
  return LATEST;
}

/** One for all, since it keeps nothing and a page may have thousands of components that collect nothing else. */
const LATEST = { initial: () => undefined, add: <M>(_before: M | undefined, message: M) => message };

/** The last `count` messages, oldest first. */
export function keepLast<M>(count: number): Collector<M, readonly M[], Fifo<M>> {
  return {
    initial: () => new Fifo<M>(),
    add(kept, message) {
      kept.push(message);
      if (kept.size > count) kept.shift();
      return kept;
    },
    view: (kept) => kept.toArray(),
  };
}

/** The last message of each key. */
export function keyBy<M, K>(keyOf: (message: M) => K): KeyedCollector<M, K, M> {
  return {
    keyOf,
    initial: () => new Map(),
    add: (byKey, message) => byKey.set(keyOf(message), message),
    view: (byKey) => new Map(byKey),
  };
}

/** How many messages each key had. */
export function countBy<M, K>(keyOf: (message: M) => K): KeyedCollector<M, K, number> {
  return {
    keyOf,
    initial: () => new Map(),
    add(counts, message) {
      const key = keyOf(message);
      return counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    view: (counts) => new Map(counts),
  };
}

/** Your own fold, like `Array.prototype.reduce`. `add` must not change the state it is given. */
export function reduce<M, S>(add: (state: S, message: M) => S, initial: S): Collector<M, S> {
  return { initial: () => initial, add };
}
