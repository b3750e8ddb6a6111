import type { Listing, Tick } from '@tautline-examples/shared';

export const COLUMNS = ['symbol', 'trend', 'price', 'change', 'volume'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

export const changeOf = ({ price, open }: Pick<Tick, 'price' | 'open'>): number => price / open - 1;

/** The listings that have every word of the filter in symbol, name or sector. */
export function filterListings(listings: readonly Listing[], filter: string): readonly Listing[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return listings.filter(({ symbol, name, sector }) => {
    const text = `${symbol} ${name} ${sector}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * The listings in order. What has no value yet comes last.
 *
 * @param valueOf what a symbol has in a column of numbers
 */
export function sortListings(
  listings: readonly Listing[],
  { column, descending }: Order,
  valueOf: (symbol: string, column: Exclude<Column, 'symbol'>) => number | null,
): readonly Listing[] {
  const sign = descending ? -1 : 1;
  if (column === 'symbol') return [...listings].sort((a, b) => sign * (a.symbol < b.symbol ? -1 : 1));
  return listings
    .map((listing) => ({ listing, value: valueOf(listing.symbol, column) }))
    .sort((a, b) => (a.value === null ? 1 : b.value === null ? -1 : sign * (a.value - b.value)))
    .map(({ listing }) => listing);
}

/** A first click sorts, a second one turns round; numbers begin with the largest. */
export function toggleOrder(order: Order, column: Column): Order {
  return order.column === column
    ? { column, descending: !order.descending }
    : { column, descending: column !== 'symbol' };
}
