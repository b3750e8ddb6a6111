import {
  DEVICES,
  SERIES_LENGTH,
  type DeviceReport,
  type DeviceSample,
  type DeviceStatus,
  type Thresholds,
  type ThresholdsByKind,
} from '@tautline-examples/shared';
import { createUnit, move, silenceOf, type Unit } from './unit';

/** A device, and its samples so far. */
interface Tracked {
  readonly unit: Unit;
  /** Oldest first. Always the same array: whoever has it sees it grow. */
  readonly samples: DeviceSample[];
}

/** 192 devices that drive, heat up, run low and now and then fall silent. An update is the JSON of a `DeviceReport` without its number. */
export class Fleet {
  readonly #tracked: ReadonlyMap<string, Tracked>;
  readonly #units: readonly Unit[];

  /** @param start The time of the newest sample there is; the ones before lead up to it. */
  constructor(
    private readonly random: () => number,
    private readonly world: { now(): number; readonly start: number; thresholds(): ThresholdsByKind },
  ) {
    const past = world.start - SERIES_LENGTH * 1_000; // so that the first client does not see a fleet fresh from the factory
    this.#units = DEVICES.map((device) => createUnit(device, past, random));
    this.#tracked = new Map(this.#units.map((unit) => [unit.device.id, { unit, samples: [] }]));
    for (let second = 1; second <= SERIES_LENGTH; second++) this.sample(past + second * 1_000);
  }

  get units(): readonly Unit[] {
    return this.#units;
  }

  /** Every device as it is. */
  snapshot(): string[] {
    return this.#units.map((unit) => this.#encode(unit));
  }

  /** Lets `count` devices report, chosen at random. */
  step(count: number): string[] {
    const now = this.world.now();
    return Array.from({ length: count }, () => {
      const unit = this.#units[Math.floor(this.random() * this.#units.length)] as Unit; // the index is within
      move(unit, now, this.random);
      return this.#encode(unit);
    });
  }

  /** Reads all devices, and keeps what they say. */
  sample(now: number): { readonly id: string; readonly sample: DeviceSample }[] {
    return [...this.#tracked].map(([id, { unit, samples }]) => {
      move(unit, now, this.random);
      const sample = { at: now, ...readingsOf(unit) };
      samples.push(sample);
      if (samples.length > SERIES_LENGTH) samples.shift();
      return { id, sample };
    });
  }

  seriesOf(id: string): readonly DeviceSample[] {
    return this.#tracked.get(id)?.samples ?? [];
  }

  #encode(unit: Unit): string {
    const now = this.world.now();
    const { device, longitude, latitude } = unit;
    const report: Omit<DeviceReport, 'seq'> = {
      type: 'device',
      id: device.id,
      at: now,
      status: statusOf({ ...unit, silence: silenceOf(unit, now) }, this.world.thresholds()[device.kind]),
      longitude: Math.round(longitude * 1e4) / 1e4,
      latitude: Math.round(latitude * 1e4) / 1e4,
      ...readingsOf(unit),
    };
    return JSON.stringify(report);
  }
}

/** How close to a threshold a warning begins. */
const NEAR = { temperature: 6, battery: 12 };
const WEAK_SIGNAL = 40;

/** The worst of what the readings say. */
export function statusOf(
  { temperature, battery, signal, silence }: Pick<Unit, 'temperature' | 'battery' | 'signal'> & { silence: number },
  limits: Thresholds,
): DeviceStatus {
  if (silence > 0) return 'offline';
  if (temperature > limits.temperature) return 'critical';
  const isNear = temperature > limits.temperature - NEAR.temperature || battery < limits.battery + NEAR.battery;
  return isNear || signal < WEAK_SIGNAL ? 'warning' : 'ok';
}

const readingsOf = ({ temperature, speed, battery, signal }: Unit): Omit<DeviceSample, 'at'> => ({
  temperature: tenth(temperature),
  speed: tenth(speed),
  battery: tenth(battery),
  signal: Math.round(signal),
});

const tenth = (value: number): number => Math.round(value * 10) / 10;
