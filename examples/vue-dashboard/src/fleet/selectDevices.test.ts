import type { Device, DeviceReport, DeviceStatus } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { arrangeDevices, countStatuses, selectDevices, type BoardView } from './selectDevices';

const devices: Device[] = [
  { id: 'TRK-001', kind: 'truck', region: 'Lyon' },
  { id: 'VAN-001', kind: 'van', region: 'Porto' },
  { id: 'DRN-001', kind: 'drone', region: 'Lyon' },
];
const report = (id: string, status: DeviceStatus): [string, DeviceReport] => [
  id,
  {
    seq: 1,
    type: 'device',
    id,
    at: 0,
    status,
    longitude: 0,
    latitude: 0,
    battery: 50,
    temperature: 40,
    speed: 0,
    signal: 80,
  },
];
const reports = new Map([report('TRK-001', 'ok'), report('VAN-001', 'critical')]);

it.each<[Partial<BoardView>, string[]]>([
  [{}, ['TRK-001', 'VAN-001', 'DRN-001']],
  [{ status: 'critical' }, ['VAN-001']],
  [{ region: 'Lyon' }, ['TRK-001', 'DRN-001']],
  [{ region: 'Lyon', status: 'critical' }, []],
  [{ search: ' van' }, ['VAN-001']],
  [{ search: 'LYON' }, ['TRK-001', 'DRN-001']],
  [{ search: '-00' }, ['TRK-001', 'VAN-001', 'DRN-001']],
  [{ search: 'submarine' }, []],
])('%j selects %j', (view, expected) => {
  const all = { status: 'all', region: 'all', search: '' } as const;
  expect(selectDevices(devices, reports, { ...all, ...view }).map(({ id }) => id)).toEqual(expected);
});

it.each<[BoardView['group'], BoardView['order'], [string, string[]][]]>([
  ['none', 'name', [['', ['TRK-001', 'VAN-001', 'DRN-001']]]],
  ['none', 'severity', [['', ['VAN-001', 'TRK-001', 'DRN-001']]]],
  [
    'region',
    'name',
    [
      ['Lyon', ['TRK-001', 'DRN-001']],
      ['Porto', ['VAN-001']],
    ],
  ],
  [
    'status',
    'name',
    [
      ['critical', ['VAN-001']],
      ['ok', ['TRK-001', 'DRN-001']],
    ],
  ],
])('grouped by %s, ordered by %s', (group, order, expected) => {
  const groups = arrangeDevices(devices, reports, { group, order });
  expect(groups.map((each) => [each.title, each.devices.map(({ id }) => id)])).toEqual(expected);
});

it('has no groups without devices', () => {
  expect(arrangeDevices([], reports, { group: 'none', order: 'name' })).toEqual([]);
});

it('counts devices by status', () => {
  expect(countStatuses(reports)).toEqual({ ok: 1, warning: 0, critical: 1, offline: 0 });
});
