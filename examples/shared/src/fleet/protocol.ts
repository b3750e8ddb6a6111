/**
 * What the fleet adds to the stream of `/fleet`, and the channels of single devices on `/devices`.
 *
 * The stream tells everybody about all devices: reports, alarms, thresholds. A device's own channel is joined
 * only by who looks at it: the join reply is its series of the last five minutes, its events continue that series.
 */
import type { DeviceKind } from '../devices';

export const DEVICES_PATH = '/devices';
export const deviceTopic = (id: string): string => `device:${id}`;

/** One point of a device's series; there is one a second. */
export interface DeviceSample {
  /** Milliseconds since the epoch; grows with every sample of a device. */
  readonly at: number;
  readonly temperature: number;
  readonly speed: number;
  readonly battery: number;
  readonly signal: number;
}

/** How many samples of each device are kept: five minutes. */
export const SERIES_LENGTH = 300;

/** The events of a device's channel. */
export interface DeviceEvents {
  readonly sample: DeviceSample;
}

/** What the server answers to who joins a device's channel: the samples so far, oldest first. */
export interface DeviceEntry {
  readonly samples: readonly DeviceSample[];
}

/** What raises an alarm: the charge in percent, the temperature in °C, the silence in seconds. */
export const MEASURES = ['temperature', 'silence', 'battery'] as const;
export type Measure = (typeof MEASURES)[number];

/** Beyond which value of each measure there is an alarm: below it for the battery, above it for the others. */
export type Thresholds = Readonly<Record<Measure, number>>;
export type ThresholdsByKind = Readonly<Record<DeviceKind, Thresholds>>;

/** Between which values a threshold may be. */
export const THRESHOLD_RANGES: Readonly<Record<Measure, readonly [low: number, high: number]>> = {
  temperature: [20, 90],
  silence: [1, 60],
  battery: [1, 90],
};

export type Severity = 'critical' | 'warning';

export interface Alarm {
  readonly id: string;
  readonly device: string;
  readonly measure: Measure;
  readonly severity: Severity;
  /** The value that raised it, and the threshold then. */
  readonly value: number;
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly raisedAt: number;
  /** `null` until somebody has acknowledged it. */
  readonly acknowledgedAt: number | null;
}

/** What became of some alarms. `all`: these are all there are, at the start of a stream; `over`: the value is back within the threshold. */
export interface AlarmsChanged {
  readonly seq: number;
  readonly type: 'alarms';
  readonly change: 'all' | 'raised' | 'acknowledged' | 'over';
  readonly alarms: readonly Alarm[];
}

/** The thresholds of all kinds: at the start of a stream, and after each change. */
export interface ThresholdsChanged {
  readonly seq: number;
  readonly type: 'thresholds';
  readonly thresholds: ThresholdsByKind;
}

/** What a page may ask of the fleet. Each may safely be asked twice, when the line was lost before the answer. */
export type FleetCommand =
  | { readonly type: 'acknowledge'; readonly alarm: string }
  | { readonly type: 'set-thresholds'; readonly kind: DeviceKind; readonly thresholds: Thresholds };
