import { findListing } from '@tautline-examples/shared';
import { useSyncExternalStore } from 'react';
import { createRemembered } from './remembered';

/** The symbols with a star, in the order in which they got it. */
const watchList = createRemembered('tautline-watch-list', (stored): readonly string[] =>
  Array.isArray(stored)
    ? [...new Set(stored.filter((symbol) => typeof symbol === 'string' && findListing(symbol)))]
    : [],
);

export function toggleWatched(symbol: string): void {
  const symbols = watchList.get();
  watchList.set(symbols.includes(symbol) ? symbols.filter((other) => other !== symbol) : [...symbols, symbol]);
}

export const useWatchList = (): readonly string[] => useSyncExternalStore(watchList.subscribe, watchList.get);

export const useIsWatched = (symbol: string): boolean =>
  useSyncExternalStore(watchList.subscribe, () => watchList.get().includes(symbol));
