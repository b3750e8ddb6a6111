import {
  DEVICE_KINDS,
  MEASURES,
  THRESHOLD_RANGES,
  type DeviceKind,
  type Measure,
  type Thresholds,
  type ThresholdsByKind,
} from '@tautline-examples/shared';

export const DEFAULT_THRESHOLDS: ThresholdsByKind = {
  truck: { temperature: 56, silence: 10, battery: 8 },
  van: { temperature: 56, silence: 10, battery: 8 },
  drone: { temperature: 54, silence: 5, battery: 10 },
  charger: { temperature: 58, silence: 20, battery: 8 },
};

const NAMES: Readonly<Record<Measure, string>> = {
  temperature: 'The temperature, in °C,',
  silence: 'The silence, in seconds,',
  battery: 'The charge, in percent,',
};

/** Thresholds from outside; a mistake as an `Error` whose message says what to write. */
export function readThresholds(input: unknown): Thresholds | Error {
  const given = Object(input) as Partial<Record<Measure, unknown>>; // of anything else, nothing is read
  for (const measure of MEASURES) {
    const value = given[measure];
    const [low, high] = THRESHOLD_RANGES[measure];
    if (typeof value !== 'number' || !(value >= low && value <= high))
      return new Error(`${NAMES[measure]} must be a number from ${low} to ${high}.`);
  }
  const { temperature, silence, battery } = given as Thresholds; // checked above, one by one
  return { temperature, silence, battery };
}

export const isKind = (input: unknown): input is DeviceKind => DEVICE_KINDS.some((kind) => kind === input);
