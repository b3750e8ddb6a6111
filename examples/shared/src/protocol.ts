/**
 * Messages of the two streams, `/market` and `/fleet`: JSON in text frames.
 *
 * A stream outlives its sockets. The server numbers what it streams (`seq`, from 1) and keeps the
 * newest frames for a while; a client that comes back says which number it saw last and gets the
 * rest. So a drop, a freeze or a restart of the listener costs a delay and no message.
 */

import type { AlarmsChanged, FleetCommand, ThresholdsChanged } from './fleet/protocol';

/** The first message on every socket. */
export interface Resume {
  readonly type: 'resume';
  /** The stream to go on with, or `null` for a new one. */
  readonly session: string | null;
  /** The last `seq` received. */
  readonly after: number;
}

/** The server's answer to `resume`. */
export interface Welcome {
  readonly type: 'welcome';
  readonly session: string;
  /** `false`: the server does not know that stream (any more); this is a new one, from `seq` 1. */
  readonly resumed: boolean;
  /** How many frames of the stream the client has not seen and will now get. */
  readonly replayed: number;
}

/** A price changed. */
export interface Tick {
  readonly seq: number;
  readonly type: 'tick';
  readonly symbol: string;
  readonly price: number;
  /** The price the day began with. */
  readonly open: number;
  /** Shares traded today. */
  readonly volume: number;
}

export type DeviceStatus = 'ok' | 'warning' | 'critical' | 'offline';

/** A simulated device reports. */
export interface DeviceReport {
  readonly seq: number;
  readonly type: 'device';
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly status: DeviceStatus;
  /** Where it is, in degrees. */
  readonly longitude: number;
  readonly latitude: number;
  /** Charge, 0 to 100. */
  readonly battery: number;
  /** Degrees Celsius. */
  readonly temperature: number;
  /** Kilometres per hour. */
  readonly speed: number;
  /** Signal strength, 0 to 100. */
  readonly signal: number;
}

/** The health of the machine that the server runs on. Shares are 0 to 1, delays milliseconds. */
export interface MachineSample {
  readonly seq: number;
  readonly type: 'machine';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cpu: number;
  readonly memory: number;
  readonly totalMemoryBytes: number;
  /** Resident memory of the server process. */
  readonly processBytes: number;
  readonly loopDelay: { readonly mean: number; readonly p99: number; readonly max: number };
  readonly clients: number;
}

/** Confirms a probe. */
export interface Ack {
  readonly seq: number;
  readonly type: 'ack';
  readonly id: number;
}

/** The rate of the stream: at its start, and after each change. */
export interface RateChanged {
  readonly seq: number;
  readonly type: 'rate';
  readonly updatesPerSecond: number;
}

/** What a symbol cost in {@link CANDLE_INTERVAL} milliseconds. */
export interface Candle {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares traded. */
  readonly volume: number;
}

/** Answers a request for candles. Not part of the stream, so it has no number. */
export interface Candles {
  readonly type: 'candles';
  readonly symbol: string;
  /** The server's clock, in milliseconds since the epoch: what comes now belongs into the candle of this time. */
  readonly at: number;
  /** The `seq` of the newest tick that is in them; one with a higher number is not. */
  readonly until: number;
  /** Shares traded today, as the newest tick says it. */
  readonly volume: number;
  /** Oldest first; at most {@link CANDLES_KEPT}. */
  readonly candles: readonly Candle[];
}

/** Answers a command. */
export interface Answer {
  readonly seq: number;
  readonly type: 'answer';
  /** The number of the command. */
  readonly request: number;
  /** Why it was refused; `null` when it is done. */
  readonly refused: string | null;
}

/** Answers a ping. Not part of the stream, so it has no number. */
export interface Pong {
  readonly type: 'pong';
}

export type MarketMessage = Tick | Candles | Ack | RateChanged | Welcome | Pong;
export type FleetMessage =
  | DeviceReport
  | MachineSample
  | AlarmsChanged
  | ThresholdsChanged
  | Answer
  | Ack
  | RateChanged
  | Welcome
  | Pong;

/** What a client sends on a stream. */
export type StreamRequest =
  | Resume
  | { readonly type: 'ping' }
  | { readonly type: 'probe'; readonly id: number }
  | { readonly type: 'rate'; readonly updatesPerSecond: number }
  | { readonly type: 'candles'; readonly symbol: string }
  | Command;

/** Something for the server to do, and to answer. */
export interface Command {
  readonly type: 'command';
  /** Made by the page; the answer repeats it. */
  readonly request: number;
  readonly command: FleetCommand;
}

/** The most updates per second that a client may ask for. */
export const MAX_RATE = 10_000;

/** What one candle stands for, in milliseconds. */
export const CANDLE_INTERVAL = 5_000;
/** How many candles of each symbol there are: an hour. */
export const CANDLES_KEPT = 720;

/** Ways for the server to hurt the line: `POST /control/<fault>` with `{ "seconds": n }`. */
export const FAULTS = ['drop', 'freeze', 'slow', 'refuse', 'unauthorized', 'restart'] as const;
export type Fault = (typeof FAULTS)[number];
