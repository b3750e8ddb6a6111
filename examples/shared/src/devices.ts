import { seededRandom } from './random';

export const DEVICE_KINDS = ['truck', 'van', 'drone', 'charger'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Longitude and latitude, in degrees. */
export type Coordinates = readonly [longitude: number, latitude: number];

/** Where the devices of a region are around: inland, so that few of them drive into the sea. */
export const REGIONS = {
  Bergen: [8.6, 60.6],
  Gdansk: [19.4, 52.6],
  Hamburg: [10.6, 52.4],
  Lisbon: [-7.3, 38.8],
  Lyon: [4.2, 45.8],
  Porto: [-6.4, 41.6],
  Turku: [25, 61.9],
  Utrecht: [6.6, 50.9],
} as const satisfies Readonly<Record<string, Coordinates>>;

export type RegionName = keyof typeof REGIONS;
export const REGION_NAMES = Object.keys(REGIONS) as readonly RegionName[]; // `keys` says only that they are strings

/** What is known of a device before it reports. */
export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly region: RegionName;
}

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
      region: REGION_NAMES[Math.floor(random() * REGION_NAMES.length)] ?? 'Bergen',
    };
  });
}
