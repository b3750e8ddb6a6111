import { seededRandom } from './random';

export const DEVICE_KINDS = ['truck', 'van', 'drone', 'charger'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** What is known of a device before it reports. */
export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly region: string;
}

export const REGIONS = ['Bergen', 'Gdansk', 'Hamburg', 'Lisbon', 'Lyon', 'Porto', 'Turku', 'Utrecht'];

const PREFIX: Record<DeviceKind, string> = { truck: 'TRK', van: 'VAN', drone: 'DRN', charger: 'CHG' };

/** The fleet: the same in every process. */
export const DEVICES: readonly Device[] = createDevices(192);

function createDevices(count: number): Device[] {
  const random = seededRandom(192);
  return Array.from({ length: count }, (_, index) => {
    const kind = DEVICE_KINDS[index % DEVICE_KINDS.length] ?? 'truck';
    const number = String(Math.floor(index / DEVICE_KINDS.length) + 1).padStart(3, '0');
    return {
      id: `${PREFIX[kind]}-${number}`,
      kind,
      region: REGIONS[Math.floor(random() * REGIONS.length)] ?? 'Bergen',
    };
  });
}
