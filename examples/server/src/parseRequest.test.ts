import { LISTINGS } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { parseRequest } from './parseRequest';

it.each([
  { type: 'ping' },
  { type: 'probe', id: 7 },
  { type: 'rate', updatesPerSecond: 500 },
  { type: 'candles', symbol: LISTINGS[0]?.symbol },
  { type: 'resume', session: null, after: 0 },
  { type: 'resume', session: 'abc', after: 12 },
])('accepts %o', (message) => {
  expect(parseRequest(JSON.stringify(message))).toEqual(message);
});

it.each([
  '',
  '{',
  'null',
  '[]',
  '{"type":"other"}',
  '{"type":"probe","id":"7"}',
  '{"type":"rate","updatesPerSecond":-1}',
  '{"type":"candles","symbol":7}',
  '{"type":"candles","symbol":"no such symbol"}',
  '{"type":"resume","session":5,"after":0}',
])('refuses %s', (text) => {
  expect(parseRequest(text)).toBeNull();
});

it('does not go faster than it can', () => {
  expect(parseRequest('{"type":"rate","updatesPerSecond":1000000}')).toEqual({
    type: 'rate',
    updatesPerSecond: 10_000,
  });
});
