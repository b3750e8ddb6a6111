import type { Feed, KeyedFeed } from '@tautline/core';
import { toValue, type MaybeRef, type MaybeRefOrGetter, type Ref } from 'vue';
import { isConstant } from './follow';
import { useStore } from './useStore';

/** What a function given to a keyed feed yields: one that takes nothing is a getter of the key, any other selects. */
export type PickedBy<F extends (state: never) => unknown, V> = Parameters<F>['length'] extends 0
  ? V | undefined
  : ReturnType<F>;

/**
 * The part of a keyed feed's state that a selector picks, as a ref that triggers when that part
 * changes, at most once per flush; or, by a getter of a key, what the feed has for that key. What
 * either reads of refs is followed. Holds the feed, and through it the line, while mounted.
 *
 * @param isEqual Whether two parts count as the same. Default `Object.is`.
 */
export function useFeed<K, V, F extends (state: ReadonlyMap<K, V>) => unknown>(
  feed: KeyedFeed<K, V>,
  selectorOrKeyGetter: F,
  isEqual?: (before: ReturnType<F>, after: ReturnType<F>) => boolean,
): Readonly<Ref<PickedBy<F, V>>>;
/** What a keyed feed has for one key; `undefined` before its first message. Other keys do not trigger it. */
export function useFeed<K, V>(feed: KeyedFeed<K, V>, key: MaybeRef<NoInfer<K>>): Readonly<Ref<V | undefined>>;
/** The state of any feed, or the part that `selector` picks. */
export function useFeed<S, T = S>(
  feed: Feed<S>,
  selector?: (state: S) => T,
  isEqual?: (before: T, after: T) => boolean,
): Readonly<Ref<T>>;
export function useFeed<S, T, K, V>(
  feed: Feed<S> | KeyedFeed<K, V>,
  selectorOrKey?: ((state: S) => T) | MaybeRefOrGetter<K>,
  isEqual?: (before: T, after: T) => boolean,
): Readonly<Ref<T | V | undefined>> {
  const isKey =
    selectorOrKey !== undefined &&
    (typeof selectorOrKey !== 'function' || (!selectorOrKey.length && feed.getSnapshot() instanceof Map));
  if (isKey) {
    const { get, subscribeKey } = feed as KeyedFeed<K, V>; // nobody else is read by a key
    const keyed = selectorOrKey as MaybeRefOrGetter<K>; // no selector, as just told
    const entry = () => {
      const key = toValue(keyed);
      return { getSnapshot: () => get(key), subscribe: (listener: () => void) => subscribeKey(key, listener) };
    };
    return useStore(isConstant(keyed) ? entry() : entry, get(toValue(keyed)));
  }
  const select = selectorOrKey as ((state: S) => T) | undefined; // no key, as just told
  return useStore(feed as Feed<S>, feed.getServerSnapshot() as S, { select, isEqual }); // without a key, S is what the feed holds
}
