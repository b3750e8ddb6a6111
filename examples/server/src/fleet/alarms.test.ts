import { expect, it } from 'vitest';
import { Alarms, type Reading } from './alarms';

const limits = { temperature: 56, silence: 10, battery: 8 };
const fine: Reading = { device: 'TRK-001', temperature: 40, silence: 0, battery: 80 };

it.each([
  ['temperature', 'critical', [56, 56.1, 57, 55, 54.5, 54.4, 40], [null, 'raised', null, null, null, 'over']],
  ['silence', 'critical', [0, 5, 10, 11, 60, 0], [null, null, null, 'raised', null, 'over']],
  ['battery', 'warning', [8, 7.9, 4, 9, 10, 10.1, 100], [null, 'raised', null, null, null, 'over']],
] as const)('%s: a %s alarm beyond the threshold, over only well within it', (measure, severity, values, changes) => {
  const alarms = new Alarms();
  values.forEach((value, second) => {
    const seen = alarms.check({ ...fine, [measure]: value }, limits, second * 1_000);
    const expected = changes[second];
    expect(seen, `${measure} ${value}`).toMatchObject(
      expected ? [{ change: expected, alarm: { measure, severity } }] : [],
    );
  });
});

it('says what raised it, and keeps that', () => {
  const alarms = new Alarms();
  alarms.check({ ...fine, battery: 6.04 }, limits, 5_000);
  alarms.check({ ...fine, battery: 5 }, { ...limits, battery: 20 }, 6_000);
  expect(alarms.all).toEqual([
    {
      id: 'TRK-001 battery 5000',
      device: 'TRK-001',
      measure: 'battery',
      severity: 'warning',
      value: 6,
      limit: 8,
      raisedAt: 5_000,
      acknowledgedAt: null,
    },
  ]);
});

it('is acknowledged once, by whoever is first', () => {
  const alarms = new Alarms();
  alarms.check({ ...fine, battery: 6 }, limits, 5_000);
  expect(alarms.acknowledge('TRK-001 battery 5000', 7_000)).toMatchObject({
    change: 'acknowledged',
    alarm: { acknowledgedAt: 7_000 },
  });
  expect(alarms.acknowledge('TRK-001 battery 5000', 8_000)).toBeNull();
  expect(alarms.all).toMatchObject([{ acknowledgedAt: 7_000 }]);
});

it('cannot be acknowledged any more when it is over', () => {
  const alarms = new Alarms();
  alarms.check({ ...fine, battery: 6 }, limits, 5_000);
  alarms.check(fine, limits, 6_000);
  expect(alarms.acknowledge('TRK-001 battery 5000', 7_000)).toEqual(new Error('This alarm is over.'));
});
