import type { Feed, KeyedFeed } from '@tautline/core';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { createSelection } from './selection';

/**
 * The state of a feed, or the part that `selector` picks: the component renders when that part
 * changes, at most once per flush. Holds the feed, and through it the line, while mounted.
 *
 * @param selector May be written inline.
 * @param isEqual Whether two parts count as the same. Default `Object.is`.
 */
export function useFeed<S, T = S>(
  feed: Feed<S>,
  selector?: (state: S) => T,
  isEqual?: (before: T, after: T) => boolean,
): T;
/** What a keyed feed has for one key; `undefined` before its first message. Other keys do not wake the component. */
export function useFeed<K, V>(feed: KeyedFeed<K, V>, key: K): V | undefined;
export function useFeed<S, T, K, V>(
  feed: Feed<S> | KeyedFeed<K, V>,
  selectorOrKey?: ((state: S) => T) | K,
  isEqual?: (before: T, after: T) => boolean,
): T | V | undefined {
  const selector = typeof selectorOrKey === 'function' ? (selectorOrKey as (state: S) => T) : undefined; // a key is no function
  const key = selector ? undefined : (selectorOrKey as K | undefined);
  const [select] = useState(createSelection<S, T>);

  const subscribe = useCallback(
    (listener: () => void) => (key === undefined ? feed.subscribe(listener) : keyed(feed).subscribeKey(key, listener)),
    [feed, key],
  );
  const part = (state: unknown) => select(state as S, selector, isEqual); // without a key, S is what the feed holds
  return useSyncExternalStore<T | V | undefined>(
    subscribe,
    () => (key === undefined ? part(feed.getSnapshot()) : keyed(feed).get(key)),
    () => (key === undefined ? part(feed.getServerSnapshot()) : undefined),
  );
}

/** Only a keyed feed is read with a key. */
const keyed = <S, K, V>(feed: Feed<S> | KeyedFeed<K, V>) => feed as KeyedFeed<K, V>;
