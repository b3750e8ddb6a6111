import { describe, expect, test } from 'vitest';
import { ABANDONED, checkClose, DEFAULT_CLOSE_CODES, NO_CLOSE_FRAME, NOT_CLOSED } from './closeCodes';

const codesOf = (verdict: string) =>
  Object.entries(DEFAULT_CLOSE_CODES).flatMap(([code, given]) => (given === verdict ? [Number(code)] : []));

describe('by default', () => {
  test('a server that finds fault with what we send, or with who we are, is not asked again', () => {
    expect(codesOf('stop')).toEqual([1002, 1003, 1007, 1008, 1009, 1010, 4400, 4403, 4404]);
  });

  test('one that restarts is asked soon, one that is overloaded late, and one that wants new credentials gets them', () => {
    expect(codesOf('retry-now')).toEqual([1012]);
    expect(codesOf('slow')).toEqual([1013, 4429]);
    expect(codesOf('reauth')).toEqual([4401]);
  });

  test('nothing else has a verdict: it is retried', () => {
    const named = ['stop', 'retry-now', 'slow', 'reauth'].flatMap(codesOf);
    expect(Object.keys(DEFAULT_CLOSE_CODES)).toHaveLength(named.length);
  });

  test('a socket of which nothing was heard ended without a close frame, and not cleanly', () => {
    expect(NOT_CLOSED).toEqual({ code: NO_CLOSE_FRAME, reason: '', wasClean: false });
  });
});

describe('what we may close with', () => {
  test.each([1000, 3000, 4999, ABANDONED])('%d may be sent', (code) => {
    expect(() => checkClose(code, '')).not.toThrow();
  });

  test.each([0, 999, 1001, 1006, 2999, 3000.5, 5000, NaN, Infinity])('%d may not', (code) => {
    expect(() => checkClose(code, '')).toThrow(expect.objectContaining({ option: 'code' }));
  });

  test('a reason has room for 123 bytes, not characters', () => {
    expect(() => checkClose(1000, 'x'.repeat(123))).not.toThrow();
    expect(() => checkClose(1000, `${'é'.repeat(61)}x`)).not.toThrow();
    expect(() => checkClose(1000, 'x'.repeat(124))).toThrow(expect.objectContaining({ option: 'reason' }));
    expect(() => checkClose(1000, 'é'.repeat(62))).toThrow(expect.objectContaining({ option: 'reason' }));
  });
});
