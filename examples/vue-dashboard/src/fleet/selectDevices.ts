import {
  DEVICE_KINDS,
  REGION_NAMES,
  type Device,
  type DeviceReport,
  type DeviceStatus,
  type RegionName,
} from '@tautline-examples/shared';

/** The worst first. */
export const STATUSES: readonly DeviceStatus[] = ['critical', 'offline', 'warning', 'ok'];

/** What the board and the map show, and how the board arranges it. */
export interface BoardView {
  readonly status: DeviceStatus | 'all';
  readonly region: RegionName | 'all';
  /** A part of the name, the kind or the region. */
  readonly search: string;
  readonly group: 'none' | 'status' | 'region' | 'kind';
  readonly order: 'name' | 'severity';
}

export type Reports = ReadonlyMap<string, DeviceReport>;

/** The devices that are looked for. */
export function selectDevices(
  devices: readonly Device[],
  reports: Reports,
  { status, region, search }: Pick<BoardView, 'status' | 'region' | 'search'>,
): Device[] {
  const sought = search.trim().toLowerCase();
  return devices.filter(
    (device) =>
      (region === 'all' || device.region === region) &&
      (status === 'all' || reports.get(device.id)?.status === status) &&
      `${device.id} ${device.kind} ${device.region}`.toLowerCase().includes(sought),
  );
}

export interface DeviceGroup {
  readonly title: string;
  readonly devices: readonly Device[];
}

/** The devices in the order they are to be shown, in groups that are not empty. Where nothing is grouped, there is one without a title. */
export function arrangeDevices(
  devices: readonly Device[],
  reports: Reports,
  { group, order }: Pick<BoardView, 'group' | 'order'>,
): DeviceGroup[] {
  const statusOf = ({ id }: Device) => reports.get(id)?.status ?? 'ok';
  const rank = (device: Device) => STATUSES.indexOf(statusOf(device));
  // Sorting is stable: without the order of severity they stay where they were, and do not jump.
  const sorted = order === 'severity' ? [...devices].sort((one, other) => rank(one) - rank(other)) : devices;
  const titles = { none: [''], status: STATUSES, region: REGION_NAMES, kind: DEVICE_KINDS }[group];
  const titleOf = (device: Device) =>
    ({ none: '', status: statusOf(device), region: device.region, kind: device.kind })[group];
  return titles
    .map((title) => ({ title, devices: sorted.filter((device) => titleOf(device) === title) }))
    .filter((each) => each.devices.length > 0);
}

export function countStatuses(reports: Reports): Record<DeviceStatus, number> {
  const counts = { ok: 0, warning: 0, critical: 0, offline: 0 };
  for (const { status } of reports.values()) counts[status] += 1;
  return counts;
}
