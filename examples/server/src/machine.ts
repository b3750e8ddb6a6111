import { cpus, freemem, totalmem, type CpuInfo } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MachineSample } from '@tautline-examples/shared';

/** Samples kept for who comes new: two minutes. */
const KEPT = 240;

/** Samples the machine that this process runs on. */
export class Machine {
  /** The newest samples as JSON, oldest first. */
  readonly recorded: string[] = [];
  #cpus = cpus();
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });

  start(): void {
    this.#delay.enable();
  }

  stop(): void {
    this.#delay.disable();
  }

  /** Takes a sample and keeps it. */
  record(now: number, clients: number): string {
    const json = JSON.stringify(this.sample(now, clients));
    this.recorded.push(json);
    if (this.recorded.length > KEPT) this.recorded.shift();
    return json;
  }

  /** What happened since the sample before. */
  sample(now: number, clients: number): Omit<MachineSample, 'seq'> {
    const before = this.#cpus;
    this.#cpus = cpus();
    const loopDelay = {
      mean: milliseconds(this.#delay.mean),
      p99: milliseconds(this.#delay.percentile(99)),
      max: milliseconds(this.#delay.max),
    };
    this.#delay.reset();
    return {
      type: 'machine',
      at: now,
      cpu: busyShare(before, this.#cpus),
      memory: 1 - freemem() / totalmem(),
      totalMemoryBytes: totalmem(),
      processBytes: process.memoryUsage.rss(),
      loopDelay,
      clients,
    };
  }
}

/** The share of the time between two readings in which the processors were busy, 0 to 1. */
export function busyShare(before: readonly Pick<CpuInfo, 'times'>[], after: readonly Pick<CpuInfo, 'times'>[]): number {
  const total = (readings: typeof before) =>
    readings.reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq + times.idle, 0);
  const idle = (readings: typeof before) => readings.reduce((sum, { times }) => sum + times.idle, 0);
  const passed = total(after) - total(before);
  return passed > 0 ? Math.min(1, Math.max(0, 1 - (idle(after) - idle(before)) / passed)) : 0;
}

/** Nanoseconds to milliseconds; a histogram without any value says NaN, or a huge number. */
export function milliseconds(nanoseconds: number): number {
  const value = nanoseconds / 1e6;
  return Number.isFinite(value) && value < 1e6 ? Math.round(value * 100) / 100 : 0;
}
