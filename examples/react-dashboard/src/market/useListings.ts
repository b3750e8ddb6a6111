import { findListing, LISTINGS, type Listing, type Tick } from '@tautline-examples/shared';
import { useMemo } from 'react';
import { prices } from '../line';
import { useEvery } from '../parts/useEvery';
import { trends } from './marketMemory';
import { changeOf, filterListings, sortListings, type Column, type Order } from './order';
import { riseOf } from './trends';
import { useWatchList } from './watchList';

export interface Choice {
  readonly list: 'all' | 'watched';
  readonly filter: string;
  readonly order: Order;
}

/** What the grid lists, in order. Sorted once a second: rows that jump with every tick cannot be read. */
export function useListings({ list, filter, order }: Choice): readonly Listing[] {
  const watched = useWatchList();
  const ticks = useEvery(1_000, prices.getSnapshot);
  const found = useMemo(() => {
    const listings = list === 'all' ? LISTINGS : watched.flatMap((symbol) => findListing(symbol) ?? []);
    return filterListings(listings, filter);
  }, [list, watched, filter]);
  return useMemo(
    () => sortListings(found, order, (symbol, column) => valueOf(column, symbol, ticks.get(symbol))),
    [found, order, ticks],
  );
}

function valueOf(column: Exclude<Column, 'symbol'>, symbol: string, tick: Tick | undefined): number | null {
  if (column === 'trend') return riseOf(trends.of(symbol));
  if (!tick) return null;
  return column === 'change' ? changeOf(tick) : tick[column];
}
