import { expect, it } from 'vitest';
import { DEVICES } from './devices';
import { LISTINGS } from './listings';

it('lists 1,000 symbols, each once', () => {
  expect(LISTINGS).toHaveLength(1_000);
  expect(new Set(LISTINGS.map(({ symbol }) => symbol)).size).toBe(1_000);
  expect(new Set(LISTINGS.map(({ name }) => name)).size).toBe(1_000);
});

it('lists 192 devices, each once', () => {
  expect(new Set(DEVICES.map(({ id }) => id)).size).toBe(192);
});
