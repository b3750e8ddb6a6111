import type { Device, DeviceReport, DeviceStatus } from '@tautline-examples/shared';

export const STATUSES: readonly DeviceStatus[] = ['critical', 'warning', 'offline', 'ok'];

export interface DeviceFilter {
  readonly status: DeviceStatus | null;
  readonly region: string | null;
}

/** The devices that the filter lets through, in the order of the list: a board whose tiles jump is hard to read. */
export function selectDevices(
  devices: readonly Device[],
  reports: ReadonlyMap<string, DeviceReport>,
  { status, region }: DeviceFilter,
): Device[] {
  return devices.filter(
    (device) =>
      (region === null || device.region === region) && (status === null || reports.get(device.id)?.status === status),
  );
}

export function countStatuses(reports: ReadonlyMap<string, DeviceReport>): Record<DeviceStatus, number> {
  const counts = { ok: 0, warning: 0, critical: 0, offline: 0 };
  for (const { status } of reports.values()) counts[status] += 1;
  return counts;
}
