import { expect, it } from 'vitest';
import { busyShare, Machine, milliseconds } from './machine';

const reading = (idle: number, user: number) => [{ times: { idle, user, nice: 0, sys: 0, irq: 0 } }];

it('is busy for the share of the time that was not idle', () => {
  expect(busyShare(reading(100, 100), reading(175, 125))).toBe(0.25);
});

it('is not busy when no time has passed', () => {
  expect(busyShare(reading(100, 100), reading(100, 100))).toBe(0);
});

it('reads nanoseconds as milliseconds, and an empty histogram as 0', () => {
  expect(milliseconds(12_345_678)).toBe(12.35);
  expect(milliseconds(Number.NaN)).toBe(0);
  expect(milliseconds(9.2e18)).toBe(0);
});

it('samples this machine', () => {
  const sample = new Machine().sample(1_000, 3);
  expect(sample).toMatchObject({ type: 'machine', at: 1_000, clients: 3 });
  expect(sample.cpu).toBeGreaterThanOrEqual(0);
  expect(sample.cpu).toBeLessThanOrEqual(1);
  expect(sample.memory).toBeGreaterThan(0);
  expect(sample.processBytes).toBeGreaterThan(1_000_000);
});
