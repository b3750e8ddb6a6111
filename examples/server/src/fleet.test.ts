import { seededRandom, type DeviceReport } from '@tautline-examples/shared';
import { describe, expect, it } from 'vitest';
import { Fleet, statusOf } from './fleet';

const parse = (updates: string[]) => updates.map((update) => JSON.parse(update) as DeviceReport);

it('keeps every reading within its range', () => {
  const reports = parse(new Fleet(seededRandom(5), () => 0).step(100_000));
  for (const { battery, signal, speed, temperature } of reports) {
    if (
      battery < 0 ||
      battery > 100 ||
      signal < 0 ||
      signal > 100 ||
      speed < 0 ||
      speed > 110 ||
      temperature < -10 ||
      temperature > 95
    ) {
      expect.fail(JSON.stringify({ battery, signal, speed, temperature }));
    }
  }
});

it('shows every status now and then, and mostly ok', () => {
  const reports = parse(new Fleet(seededRandom(5), () => 0).step(50_000));
  const count = (status: string) => reports.filter((report) => report.status === status).length;
  for (const status of ['ok', 'warning', 'critical', 'offline']) expect(count(status), status).toBeGreaterThan(0);
  expect(count('ok')).toBeGreaterThan(reports.length / 2);
});

describe('the status of a device', () => {
  const fine = { silent: 0, temperature: 40, battery: 80, signal: 80 };
  it.each([
    ['ok', fine],
    ['warning', { ...fine, battery: 15 }],
    ['warning', { ...fine, temperature: 55 }],
    ['critical', { ...fine, temperature: 60, battery: 15 }],
    ['offline', { ...fine, silent: 3, temperature: 60 }],
  ] as const)('is %s for the worst of %o', (status, unit) => expect(statusOf(unit)).toBe(status));
});
