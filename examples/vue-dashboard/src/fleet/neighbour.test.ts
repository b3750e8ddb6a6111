import { expect, it } from 'vitest';
import { neighbour } from './neighbour';

// 0 1 2
// 3 4
// 5
const places = [
  { x: 0, y: 0 },
  { x: 90, y: 0 },
  { x: 180, y: 0 },
  { x: 0, y: 60 },
  { x: 90, y: 60 },
  { x: 0, y: 150 },
];

it.each([
  [0, 'ArrowRight', 1],
  [1, 'ArrowLeft', 0],
  [2, 'ArrowRight', 2],
  [1, 'ArrowDown', 4],
  [2, 'ArrowDown', 4],
  [4, 'ArrowDown', 5],
  [5, 'ArrowDown', 5],
  [5, 'ArrowUp', 3],
  [4, 'ArrowUp', 1],
  [4, 'Home', 0],
  [0, 'End', 5],
  [-1, 'ArrowDown', 0],
  [0, 'Enter', null],
])('from %i, %s leads to %o', (from, key, expected) => {
  expect(neighbour(places, from, key)).toBe(expected);
});
