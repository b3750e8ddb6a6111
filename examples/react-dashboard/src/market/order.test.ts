import type { Listing } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { filterListings, sortListings, toggleOrder, type Order } from './order';

const listings: Listing[] = [
  { symbol: 'AAAA', name: 'Amber Air', sector: 'Transport' },
  { symbol: 'BBBB', name: 'Basalt Bank', sector: 'Finance' },
  { symbol: 'CCCC', name: 'Cedar Care', sector: 'Health' },
];
const values: Record<string, number> = { AAAA: 300, BBBB: 100 };
const sorted = (order: Order) =>
  sortListings(listings, order, (symbol) => values[symbol] ?? null).map(({ symbol }) => symbol);
const filtered = (filter: string) => filterListings(listings, filter).map(({ symbol }) => symbol);

it.each([
  [{ column: 'symbol', descending: false }, ['AAAA', 'BBBB', 'CCCC']],
  [{ column: 'symbol', descending: true }, ['CCCC', 'BBBB', 'AAAA']],
  [{ column: 'price', descending: true }, ['AAAA', 'BBBB', 'CCCC']],
  [{ column: 'trend', descending: false }, ['BBBB', 'AAAA', 'CCCC']],
] as const)('sorts by %o, and puts what has no value last', (order, symbols) => {
  expect(sorted(order)).toEqual(symbols);
});

it.each([
  ['', ['AAAA', 'BBBB', 'CCCC']],
  ['fin basalt', ['BBBB']],
  ['  CARE ', ['CCCC']],
  ['nothing', []],
])('filters by words of symbol, name and sector: "%s"', (filter, symbols) => {
  expect(filtered(filter)).toEqual(symbols);
});

it('turns round on a second click, and begins with the largest number', () => {
  expect(toggleOrder({ column: 'symbol', descending: false }, 'symbol')).toEqual({
    column: 'symbol',
    descending: true,
  });
  expect(toggleOrder({ column: 'symbol', descending: false }, 'price')).toEqual({ column: 'price', descending: true });
});
