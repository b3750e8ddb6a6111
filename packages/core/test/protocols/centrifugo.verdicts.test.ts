import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeVerdict, errorVerdict, unsubscribeVerdict } from '../../src/protocols/centrifugo/verdicts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/protocol-centrifugo.md'), 'utf8');

/** Code and verdict of each row of the table under that heading. */
function tableOf(heading: string): [code: number, verdict: string][] {
  const [, table = ''] = page.split(new RegExp(`^\\| ${heading} +\\|.*\\n.*\\n`, 'm'));
  const rows = table.split('\n\n')[0] ?? '';
  return [...rows.matchAll(/^\| (\d+) .*`([\w-]+)` +\|$/gm)].map(([, code, verdict = '']) => [Number(code), verdict]);
}

test('the documentation has all codes there are', () => {
  const codes = (heading: string) => tableOf(heading).map(([code]) => code);
  expect(codes('Error')).toEqual(Array.from({ length: 14 }, (_, at) => 100 + at));
  expect(codes('Unsubscribe')).toEqual([2000, 2500, 2501, 2502]);
  expect(codes('Close')).toHaveLength(25);
});

describe('a documented verdict is the one given', () => {
  test.each(tableOf('Error'))('on error %i: %s', (code, verdict) => {
    expect(errorVerdict({ code, message: '' })).toBe(verdict);
  });

  test.each(tableOf('Unsubscribe'))('on unsubscribe code %i: %s', (code, verdict) => {
    expect(unsubscribeVerdict(code)).toBe(verdict);
  });

  test.each(tableOf('Close'))('on close code %i: %s', (code, verdict) => {
    expect(closeVerdict({ code })).toBe(verdict);
  });
});

describe("a backend's own code", () => {
  test('is retried if it says that it is temporary', () => {
    expect(errorVerdict({ code: 1000, message: '', temporary: true })).toBe('retry');
    expect(errorVerdict({ code: 1000, message: '', temporary: false })).toBe('stop');
  });

  test('is retried below 100, where clients say what went wrong on the way', () => {
    expect(errorVerdict({ code: 1, message: 'timeout' })).toBe('retry');
  });

  test.each([1000, 1001, 1006, 1012, 2999, 5000])('closing with %i is left to the default table', (code) => {
    expect(closeVerdict({ code })).toBeUndefined();
  });

  test.each([
    [3499, 'retry'],
    [3999, 'stop'],
    [4499, 'retry'],
    [4999, 'stop'],
  ])('closing with %i has the verdict %s', (code, verdict) => {
    expect(closeVerdict({ code })).toBe(verdict);
  });
});
