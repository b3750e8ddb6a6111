import type { StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expect, test } from 'vitest';
import { json, raw } from './codec';
import { validate } from './schema';

describe('the raw codec', () => {
  test.each(['text', new Uint8Array([1, 2]), new ArrayBuffer(3)])('passes %o through as it is', (data) => {
    expect(raw.encode(data)).toBe(data);
    expect(raw.decode(data as ArrayBuffer)).toBe(data); // a view never comes in
  });
});

describe('the JSON codec', () => {
  test.each([undefined, () => {}, Symbol('odd')])('refuses %o, which JSON cannot say', (message) => {
    expect(() => json().encode(message)).toThrow(TypeError);
  });

  test.each([0, '', false, null, { a: [1] }])('brings %o to the other side', (message) => {
    expect(json().decode(json().encode(message) as string)).toEqual(message); // JSON is text
  });
});

/** A schema that finds these issues in everything; none means that all is well. */
const finding = (issues?: readonly StandardSchemaV1.Issue[]): StandardSchemaV1<unknown, string> => ({
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => (issues ? { issues } : { value: `checked ${String(value)}` }),
  },
});

function complaintOf(...issues: StandardSchemaV1.Issue[]): Error {
  try {
    validate(finding(issues), 'x');
  } catch (error) {
    if (error instanceof TypeError) return error;
  }
  return expect.fail('no TypeError was thrown');
}

describe('what a schema finds fault with', () => {
  test('is said in its own words, each with the way to where it is', () => {
    const error = complaintOf(
      { message: 'must be a number', path: ['prices', 0, { key: 'amount' }] },
      { message: 'is missing', path: ['symbol'] },
    );
    expect(error.message).toBe('prices.0.amount must be a number; symbol is missing');
  });

  test('may be the whole, which has no way to it', () => {
    expect(complaintOf({ message: 'Expected an object' }).message).toBe('Expected an object');
    expect(complaintOf({ message: 'Expected an object', path: [] }).message).toBe('Expected an object');
  });

  test('is there for programs too', () => {
    const issue = { message: 'no' };
    expect(complaintOf(issue).cause).toEqual([issue]);
  });
});

test('what a schema approves of is what it returns', () => {
  expect(validate(finding(), 'x')).toBe('checked x');
});

test('a schema that takes its time is refused', () => {
  const slow: StandardSchemaV1<unknown, string> = {
    '~standard': { version: 1, vendor: 'test', validate: () => Promise.resolve({ value: 'x' }) },
  };
  expect(() => validate(slow, 'x')).toThrow('synchronous');
});
