import type { Feed, KeyedFeed } from '@tautline/core';
import { computed, toValue, type MaybeRefOrGetter, type Ref } from 'vue';
import { selection } from './selection';
import { useStore } from './useStore';

/**
 * What a keyed feed has for one key; `undefined` before its first message. Other keys do not trigger
 * it. Another key, when it is a ref or a getter, is another subscription.
 */
export function useFeed<K, V>(feed: KeyedFeed<K, V>, key: MaybeRefOrGetter<K>): Readonly<Ref<V | undefined>>;
/**
 * The state of a feed, or the part that `selector` picks, as a ref that triggers when that part
 * changes, at most once per flush. Holds the feed, and through it the line, while mounted.
 *
 * @param selector Takes the state; of a keyed feed, a function that takes nothing is a getter of the
 * key. What it reads of refs is followed too.
 * @param isEqual Whether two parts count as the same. Default `Object.is`.
 */
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
    const entry = () => {
      const key = toValue(selectorOrKey as MaybeRefOrGetter<K>); // no selector, as just told
      return { getSnapshot: () => get(key), subscribe: (listener: () => void) => subscribeKey(key, listener) };
    };
    const value = useStore(entry, entry().getSnapshot());
    return computed(() => value.value);
  }
  const state = useStore(() => feed as Feed<S>, feed.getSnapshot() as S); // without a key, S is what the feed holds
  return selection(state, selectorOrKey as ((state: S) => T) | undefined, isEqual); // no key, as just told
}
