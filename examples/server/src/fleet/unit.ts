import { REGIONS, type Device } from '@tautline-examples/shared';

/** A simulated device. Times in milliseconds since the epoch. */
export interface Unit {
  readonly device: Device;
  battery: number;
  temperature: number;
  speed: number;
  signal: number;
  longitude: number;
  latitude: number;
  /** Where it drives to, in radians; 0 is east. */
  heading: number;
  movedAt: number;
  /** While it says nothing. */
  silent: { readonly since: number; readonly until: number } | null;
}

/** How often a device falls silent, per second, and for how long, in milliseconds. */
const SILENCE = { chance: 0.0004, shortest: 5_000, longest: 40_000 };
/** How far from the middle of its region a device goes, in degrees of latitude. */
const RADIUS = 1.3;
/** A second of the map is a minute of driving, or nothing would be seen to move. */
const HASTE = 60;
const KILOMETRES_PER_DEGREE = 111;

export function createUnit(device: Device, now: number, random: () => number): Unit {
  const [longitude, latitude] = REGIONS[device.region];
  const somewhere = () => (random() + random() - 1) * RADIUS;
  return {
    device,
    battery: 35 + random() * 65,
    temperature: 24 + random() * 22,
    speed: device.kind === 'charger' ? 0 : random() * 70,
    signal: 55 + random() * 45,
    longitude: longitude + somewhere() / Math.cos(radians(latitude)),
    latitude: latitude + somewhere(),
    heading: random() * 2 * Math.PI,
    movedAt: now,
    silent: null,
  };
}

/** What became of the device since it moved last. While it is silent its readings stand still. */
export function move(unit: Unit, now: number, random: () => number): void {
  const seconds = Math.max(0, now - unit.movedAt) / 1_000;
  unit.movedAt = Math.max(unit.movedAt, now);
  if (unit.silent && now >= unit.silent.until) unit.silent = null;
  if (!unit.silent && random() < SILENCE.chance * seconds) {
    unit.silent = { since: now, until: now + SILENCE.shortest + random() * (SILENCE.longest - SILENCE.shortest) };
  }
  if (unit.silent) {
    unit.speed = 0;
    unit.signal = 0;
    return;
  }
  const isParked = unit.device.kind === 'charger';
  /** A random walk that is pulled home: as wide in many short steps as in a few long ones. */
  const wander = (value: number, width: number, home: number) =>
    value + (random() - 0.5) * width * Math.sqrt(seconds) + (home - value) * Math.min(1, 0.01 * seconds);
  unit.speed = isParked ? 0 : clamp(wander(unit.speed, 12, 48), 0, 110);
  unit.temperature = clamp(wander(unit.temperature, 3, 41), -10, 95);
  unit.signal = clamp(wander(unit.signal, 8, 78), 0, 100);
  unit.battery = isParked ? clamp(unit.battery + 0.2 * seconds, 0, 100) : drained(unit.battery, seconds, random);
  drive(unit, seconds, random);
}

/** How long it has said nothing, in seconds. */
export const silenceOf = ({ silent }: Unit, now: number): number =>
  silent ? Math.max(0.001, (now - silent.since) / 1_000) : 0;

/** One that is nearly empty gets another battery. */
const drained = (battery: number, seconds: number, random: () => number): number =>
  battery < 4 ? 100 : clamp(battery - (0.05 + random() * 0.1) * seconds, 0, 100);

function drive(unit: Unit, seconds: number, random: () => number): void {
  const [longitude, latitude] = REGIONS[unit.device.region];
  const narrow = Math.cos(radians(latitude)); // a degree of longitude is shorter than one of latitude
  const home = { x: (longitude - unit.longitude) * narrow, y: latitude - unit.latitude };
  const isFar = Math.hypot(home.x, home.y) > RADIUS;
  unit.heading = isFar ? Math.atan2(home.y, home.x) : unit.heading + (random() - 0.5) * Math.sqrt(seconds);
  const degrees = Math.min((unit.speed * HASTE * seconds) / 3_600 / KILOMETRES_PER_DEGREE, RADIUS / 2); // however long the step, it stays in its region
  unit.longitude += (Math.cos(unit.heading) * degrees) / narrow;
  unit.latitude += Math.sin(unit.heading) * degrees;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const radians = (degrees: number): number => (degrees / 180) * Math.PI;
