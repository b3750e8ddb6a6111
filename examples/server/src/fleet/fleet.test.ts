import { SERIES_LENGTH, seededRandom, type DeviceReport } from '@tautline-examples/shared';
import { describe, expect, it } from 'vitest';
import { Fleet, statusOf } from './fleet';
import { DEFAULT_THRESHOLDS } from './thresholds';

const fleetAt = (seed: number, now: () => number) =>
  new Fleet(seededRandom(seed), { now, start: now(), thresholds: () => DEFAULT_THRESHOLDS });

/** A fleet, and an hour of its reports, one device a second on average. */
function hourOfReports(): DeviceReport[] {
  let now = 0;
  const fleet = fleetAt(5, () => now);
  return Array.from({ length: 3_600 }, () => {
    now += 1_000;
    return fleet.step(10).map((update) => JSON.parse(update) as DeviceReport);
  }).flat();
}
const reports = hourOfReports();

it.each([
  ['battery', 0, 100],
  ['signal', 0, 100],
  ['speed', 0, 110],
  ['temperature', -10, 95],
  ['longitude', -10, 29.5],
  ['latitude', 36.5, 64],
] as const)('keeps the %s from %d to %d', (reading, low, high) => {
  const values = reports.map((report) => report[reading]);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
  expect(Math.max(...values)).toBeLessThanOrEqual(high);
});

it('shows every status now and then, and mostly ok', () => {
  const count = (status: string) => reports.filter((report) => report.status === status).length;
  for (const status of ['ok', 'warning', 'critical', 'offline']) expect(count(status), status).toBeGreaterThan(0);
  expect(count('ok')).toBeGreaterThan(reports.length / 2);
});

it('has a series of each device from the start, and keeps only so many samples', () => {
  const fleet = fleetAt(5, () => 1e6);
  const series = fleet.seriesOf('TRK-001');
  expect(series).toHaveLength(SERIES_LENGTH);
  const [{ sample } = {}] = fleet.sample(1e6 + 1_000);
  expect(series).toHaveLength(SERIES_LENGTH);
  expect(series.at(-1)).toBe(sample);
  expect(series.every(({ at }, index) => index === 0 || at === (series[index - 1]?.at ?? 0) + 1_000)).toBe(true);
});

it('wanders as widely in many short steps as in a few long ones', () => {
  const spreadOf = (steps: number) => {
    let now = 0;
    const fleet = fleetAt(7, () => now);
    for (let n = 0; n < steps; n++) fleet.sample((now += 100_000 / steps));
    const temperatures = fleet.units.map(({ temperature }) => temperature);
    return Math.max(...temperatures) - Math.min(...temperatures);
  };
  expect(spreadOf(1_000) / spreadOf(100)).toBeCloseTo(1, 0);
});

describe('the status of a device', () => {
  const fine = { silence: 0, temperature: 40, battery: 80, signal: 80 };
  const limits = { temperature: 58, silence: 10, battery: 8 };
  it.each([
    ['ok', fine],
    ['warning', { ...fine, battery: 15 }],
    ['warning', { ...fine, temperature: 55 }],
    ['warning', { ...fine, signal: 30 }],
    ['critical', { ...fine, temperature: 60, battery: 15 }],
    ['offline', { ...fine, silence: 3, temperature: 60 }],
  ] as const)('is %s for the worst of %o', (status, unit) => expect(statusOf(unit, limits)).toBe(status));
});
