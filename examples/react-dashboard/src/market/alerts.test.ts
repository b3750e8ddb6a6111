import { LISTINGS } from '@tautline-examples/shared';
import { describe, expect, it } from 'vitest';
import { applyPrice, conditionOf, readAlerts, readLimit, rearm, type Alert } from './alerts';

const symbol = LISTINGS[0]?.symbol ?? '';
const alert = (over: Partial<Alert> = {}): Alert => ({
  id: '1',
  symbol,
  side: 'above',
  limit: 100,
  state: { name: 'armed' },
  ...over,
});
const after = (begin: Alert, ...prices: number[]) =>
  prices.reduce((before, price) => applyPrice(before, price, 7), begin);

it.each([
  ['above', [99.99], 'armed'],
  ['above', [100], 'fired'],
  ['above', [99, 101, 99], 'fired'],
  ['below', [100.01], 'armed'],
  ['below', [100], 'fired'],
] as const)('%s 100: after %j it is %s', (side, prices, state) => {
  expect(after(alert({ side }), ...prices).state.name).toBe(state);
});

it('fires once, and keeps the price and the time of it', () => {
  const fired = after(alert(), 103);
  expect(fired.state).toEqual({ name: 'fired', at: 7, price: 103 });
  expect(applyPrice(fired, 110, 8)).toBe(fired);
});

it('stays the same object while nothing happens to it', () => {
  const armed = alert();
  expect(applyPrice(armed, 50, 7)).toBe(armed);
});

it('waits, armed again, for the price to come back before it fires again', () => {
  const again = rearm(after(alert(), 103));
  expect(after(again, 104).state.name).toBe('waiting');
  expect(after(again, 104, 99).state.name).toBe('armed');
  expect(after(again, 104, 99, 100).state).toEqual({ name: 'fired', at: 7, price: 100 });
});

it('says its condition', () => {
  expect(conditionOf(alert({ side: 'below', limit: 9.5 }))).toBe('below 9.50');
});

it.each([
  ['12', 12],
  [' 12.345 ', 12.35],
  ['', null],
  ['  ', null],
  ['0', null],
  ['-1', null],
  ['0.001', null],
  ['1e9', null],
  ['abc', null],
])('reads "%s" as %s', (text, limit) => {
  expect(readLimit(text)).toBe(limit);
});

describe('what was stored', () => {
  it('is found again in every state', () => {
    const alerts = [alert(), rearm(alert()), after(alert(), 103)];
    expect(readAlerts(JSON.parse(JSON.stringify(alerts)))).toEqual(alerts);
  });

  it.each([
    ['no list', { 0: alert() }],
    ['nothing', null],
    ['other things', [5, null, 'a', []]],
    ['an unknown symbol', [{ ...alert(), symbol: 'no such symbol' }]],
    ['an unknown side', [{ ...alert(), side: 'beside' }]],
    ['a limit in words', [{ ...alert(), limit: '100' }]],
    ['an unknown state', [{ ...alert(), state: { name: 'tired' } }]],
    ['a state without its facts', [{ ...alert(), state: { name: 'fired' } }]],
    ['no state', [{ ...alert(), state: undefined }]],
  ])('is left out when it is %s', (_what, stored) => {
    expect(readAlerts(stored)).toEqual([]);
  });
});
