import type { Listing, Tick } from '@tautline-examples/shared';

export const COLUMNS = ['symbol', 'price', 'change', 'volume'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

export const changeOf = ({ price, open }: Pick<Tick, 'price' | 'open'>): number => price / open - 1;

/** The symbols that match the filter, in order. What has no price yet comes last. */
export function orderSymbols(
  listings: readonly Listing[],
  ticks: ReadonlyMap<string, Tick>,
  filter: string,
  { column, descending }: Order,
): Listing[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ symbol, name, sector }: Listing) => {
    const text = `${symbol} ${name} ${sector}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found = listings.filter(matches);
  const sign = descending ? -1 : 1;
  if (column === 'symbol') return found.sort((a, b) => sign * (a.symbol < b.symbol ? -1 : 1));

  const valueOf = (listing: Listing) => {
    const tick = ticks.get(listing.symbol);
    if (!tick) return null;
    return column === 'change' ? changeOf(tick) : tick[column];
  };
  return found
    .map((listing) => ({ listing, value: valueOf(listing) }))
    .sort((a, b) => (a.value === null ? 1 : b.value === null ? -1 : sign * (a.value - b.value)))
    .map(({ listing }) => listing);
}

/** A first click sorts, a second one turns round; numbers begin with the largest. */
export function toggleOrder(order: Order, column: Column): Order {
  return order.column === column
    ? { column, descending: !order.descending }
    : { column, descending: column !== 'symbol' };
}
