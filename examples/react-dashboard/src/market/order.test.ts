import type { Listing, Tick } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { orderSymbols, toggleOrder, type Order } from './order';

const listings: Listing[] = [
  { symbol: 'AAAA', name: 'Amber Air', sector: 'Transport' },
  { symbol: 'BBBB', name: 'Basalt Bank', sector: 'Finance' },
  { symbol: 'CCCC', name: 'Cedar Care', sector: 'Health' },
];
const tick = (symbol: string, price: number, open: number, volume: number): [string, Tick] => [
  symbol,
  { seq: 1, type: 'tick', symbol, price, open, volume },
];
const ticks = new Map([tick('AAAA', 10, 10, 300), tick('BBBB', 30, 40, 100)]);
const ordered = (order: Order, filter = '') => orderSymbols(listings, ticks, filter, order).map(({ symbol }) => symbol);

it('orders by symbol', () => {
  expect(ordered({ column: 'symbol', descending: true })).toEqual(['CCCC', 'BBBB', 'AAAA']);
});

it('orders by price, change and volume, and puts what has no price last', () => {
  expect(ordered({ column: 'price', descending: true })).toEqual(['BBBB', 'AAAA', 'CCCC']);
  expect(ordered({ column: 'change', descending: false })).toEqual(['BBBB', 'AAAA', 'CCCC']);
  expect(ordered({ column: 'volume', descending: false })).toEqual(['BBBB', 'AAAA', 'CCCC']);
});

it('filters by words of symbol, name and sector', () => {
  expect(ordered({ column: 'symbol', descending: false }, 'fin basalt')).toEqual(['BBBB']);
  expect(ordered({ column: 'symbol', descending: false }, 'nothing')).toEqual([]);
});

it('turns round on a second click, and begins with the largest number', () => {
  expect(toggleOrder({ column: 'symbol', descending: false }, 'symbol')).toEqual({
    column: 'symbol',
    descending: true,
  });
  expect(toggleOrder({ column: 'symbol', descending: false }, 'price')).toEqual({ column: 'price', descending: true });
});
