import { LISTINGS } from '@tautline-examples/shared';
import { beforeEach, expect, it } from 'vitest';
import { AlertBook } from './alertBook';
import { readAlerts } from './alerts';
import { createRemembered } from './remembered';

const [symbol = '', other = ''] = LISTINGS.map((listing) => listing.symbol);
let book: AlertBook;

beforeEach(() => {
  const storage = { getItem: () => null, setItem: () => {} };
  book = new AlertBook(createRemembered('alerts', readAlerts, storage));
});

const states = () => book.get().map(({ state }) => state.name);

it('fires the alerts of a symbol, each once', () => {
  book.add({ symbol, side: 'above', limit: 100 });
  book.add({ symbol, side: 'above', limit: 200 });
  book.add({ symbol: other, side: 'above', limit: 1 });
  expect(book.receive({ symbol, price: 150 }, 7).map(({ limit }) => limit)).toEqual([100]);
  expect(states()).toEqual(['armed', 'armed', 'fired']);
  expect(book.receive({ symbol, price: 160 }, 8)).toEqual([]);
});

it('fires again when armed again, after the price was back', () => {
  book.add({ symbol, side: 'below', limit: 10 });
  const [alert] = book.receive({ symbol, price: 9 }, 7);
  book.rearm(alert?.id ?? '');
  expect(book.receive({ symbol, price: 9 }, 8)).toEqual([]);
  expect(book.receive({ symbol, price: 11 }, 9)).toEqual([]);
  expect(book.receive({ symbol, price: 10 }, 10)).toMatchObject([{ state: { at: 10, price: 10 } }]);
});

it('knows nothing any more of one that was removed', () => {
  book.add({ symbol, side: 'above', limit: 100 });
  book.remove(book.get()[0]?.id ?? '');
  expect(book.receive({ symbol, price: 150 }, 7)).toEqual([]);
  expect(book.get()).toEqual([]);
});

it('is the same list while nothing happens', () => {
  book.add({ symbol, side: 'above', limit: 100 });
  const before = book.get();
  book.receive({ symbol, price: 50 }, 7);
  expect(book.get()).toBe(before);
});
