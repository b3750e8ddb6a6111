import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { setTimeout } from 'node:timers/promises';

/** How long the machine is watched, in milliseconds. */
const WATCH = 1_000;

/** Above this share others are at work, and times are not to be trusted. */
export const BUSY = 0.2;

/** The share of all processors that is in use while nothing of ours runs, from 0 to 1. */
export async function busyShare(): Promise<number> {
  const before = usage();
  await setTimeout(WATCH);
  const after = usage();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function usage(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, cpu) => sum + cpu.idle, 0);
  return { idle, all: times.reduce((sum, cpu) => sum + cpu.user + cpu.nice + cpu.sys + cpu.irq, idle) };
}

export function describeMachine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus().length} × ${first?.model.trim() ?? 'processor'}, ${memory} GiB, ${type()} ${release()}; load average ${load}`;
}
