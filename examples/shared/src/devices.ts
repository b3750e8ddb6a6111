import { seededRandom } from './random';

export const DEVICE_KINDS = ['truck', 'van', 'drone', 'charger'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Longitude and latitude, in degrees. */
export type Coordinates = readonly [longitude: number, latitude: number];

interface Region {
  readonly city: Coordinates;
  /** Where its devices are around: inland, so that few of them drive into the sea. */
  readonly depot: Coordinates;
}

export const REGIONS = {
  Bergen: { city: [5.32, 60.39], depot: [7.1, 60.5] },
  Gdansk: { city: [18.65, 54.35], depot: [18.9, 53.5] },
  Hamburg: { city: [9.99, 53.55], depot: [10.0, 53.1] },
  Lisbon: { city: [-9.14, 38.72], depot: [-8.0, 38.7] },
  Lyon: { city: [4.84, 45.76], depot: [4.6, 45.6] },
  Porto: { city: [-8.61, 41.15], depot: [-7.5, 41.2] },
  Turku: { city: [22.27, 60.45], depot: [23.4, 61.1] },
  Utrecht: { city: [5.12, 52.09], depot: [5.6, 52.0] },
} as const satisfies Readonly<Record<string, Region>>;

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
