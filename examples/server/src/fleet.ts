import { DEVICES, type Device, type DeviceReport, type DeviceStatus } from '@tautline-examples/shared';

type Unit = Omit<DeviceReport, 'seq' | 'type' | 'status' | 'at'> & { readonly device: Device; silent: number };
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** 192 devices that drive, heat up, run low and now and then fall silent. An update is the JSON of a `DeviceReport` without its number. */
export class Fleet {
  readonly #units: Writable<Unit>[];

  constructor(
    private readonly random: () => number,
    private readonly now: () => number,
  ) {
    this.#units = DEVICES.map((device) => ({
      device,
      id: device.id,
      battery: 35 + random() * 65,
      temperature: 24 + random() * 22,
      speed: device.kind === 'charger' ? 0 : random() * 70,
      signal: 55 + random() * 45,
      silent: 0,
    }));
    for (let n = 0; n < WARM_UP; n++) move(this.#pick(), random); // so that the first client does not see a fleet fresh from the factory
  }

  #pick(): Writable<Unit> {
    return this.#units[Math.floor(this.random() * this.#units.length)] as Unit; // the index is within
  }

  /** Every device as it is. */
  snapshot(): string[] {
    return this.#units.map((unit) => encode(unit, this.now()));
  }

  /** Lets `count` devices report, chosen at random. */
  step(count: number): string[] {
    return Array.from({ length: count }, () => {
      const unit = this.#pick();
      move(unit, this.random);
      return encode(unit, this.now());
    });
  }
}

/** Steps that the fleet has made before anybody looks. */
const WARM_UP = 50_000;

function move(unit: Writable<Unit>, random: () => number): void {
  const wander = (value: number, step: number, home: number) => value + (random() - 0.5) * step + (home - value) * 0.01;
  unit.silent = unit.silent > 0 ? unit.silent - 1 : random() < 0.0008 ? 12 : 0;
  unit.speed = unit.device.kind === 'charger' || unit.silent > 0 ? 0 : clamp(wander(unit.speed, 12, 48), 0, 110);
  unit.temperature = clamp(wander(unit.temperature, 3, 41), -10, 95);
  unit.signal = clamp(wander(unit.signal, 8, 78), 0, 100);
  unit.battery =
    unit.battery < 4
      ? 100
      : clamp(unit.battery + (unit.device.kind === 'charger' ? 0.2 : -0.05 - random() * 0.1), 0, 100);
}

/** The worst of what the readings say. */
export function statusOf({
  silent,
  temperature,
  battery,
  signal,
}: Pick<Unit, 'silent' | 'temperature' | 'battery' | 'signal'>): DeviceStatus {
  if (silent > 0) return 'offline';
  if (temperature > 58 || battery < 8) return 'critical';
  if (temperature > 52 || battery < 20 || signal < 40) return 'warning';
  return 'ok';
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const tenth = (value: number): number => Math.round(value * 10) / 10;

function encode(unit: Unit, at: number): string {
  const { id, battery, temperature, speed, signal } = unit;
  const report: Omit<DeviceReport, 'seq'> = {
    type: 'device',
    id,
    at,
    status: statusOf(unit),
    battery: tenth(battery),
    temperature: tenth(temperature),
    speed: tenth(speed),
    signal: Math.round(signal),
  };
  return JSON.stringify(report);
}
