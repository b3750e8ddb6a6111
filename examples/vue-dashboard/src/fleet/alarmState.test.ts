import type { Alarm, AlarmsChanged } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { collectAlarms, sortAlarms } from './alarmState';

const alarm = (id: string, given: Partial<Alarm> = {}): Alarm => ({
  id,
  device: 'TRK-001',
  measure: 'battery',
  severity: 'warning',
  value: 5,
  limit: 8,
  raisedAt: 0,
  acknowledgedAt: null,
  ...given,
});
const change = (change: AlarmsChanged['change'], ...alarms: Alarm[]): AlarmsChanged => ({
  seq: 1,
  type: 'alarms',
  change,
  alarms,
});
const after = (...changes: AlarmsChanged[]) => [...changes.reduce(collectAlarms.add, collectAlarms.initial()).values()];

it('begins with all there are, and forgets what a server knew that is gone', () => {
  expect(after(change('all', alarm('a')), change('all', alarm('b')))).toEqual([alarm('b')]);
});

it('follows what becomes of each', () => {
  const acknowledged = alarm('b', { acknowledgedAt: 7 });
  const changes = [change('all', alarm('a')), change('raised', alarm('b')), change('acknowledged', acknowledged)];
  expect(after(...changes)).toEqual([alarm('a'), acknowledged]);
  expect(after(...changes, change('over', alarm('a')))).toEqual([acknowledged]);
});

it('puts first what needs somebody', () => {
  const alarms = [
    alarm('done', { acknowledgedAt: 9, severity: 'critical', raisedAt: 9 }),
    alarm('old'),
    alarm('new', { raisedAt: 5 }),
    alarm('bad', { severity: 'critical' }),
  ];
  expect(sortAlarms(alarms).map(({ id }) => id)).toEqual(['bad', 'new', 'old', 'done']);
});
