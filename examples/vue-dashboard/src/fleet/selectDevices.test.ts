import type { Device, DeviceReport, DeviceStatus } from '@tautline-examples/shared';
import { expect, it } from 'vitest';
import { countStatuses, selectDevices, type DeviceFilter } from './selectDevices';

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
const selected = (filter: Partial<DeviceFilter>) =>
  selectDevices(devices, reports, { status: null, region: null, ...filter }).map(({ id }) => id);

it('shows all devices without a filter, also those that have not reported', () => {
  expect(selected({})).toEqual(['TRK-001', 'VAN-001', 'DRN-001']);
});

it('filters by status and region', () => {
  expect(selected({ status: 'critical' })).toEqual(['VAN-001']);
  expect(selected({ region: 'Lyon' })).toEqual(['TRK-001', 'DRN-001']);
  expect(selected({ region: 'Lyon', status: 'critical' })).toEqual([]);
});

it('counts devices by status', () => {
  expect(countStatuses(reports)).toEqual({ ok: 1, warning: 0, critical: 1, offline: 0 });
});
