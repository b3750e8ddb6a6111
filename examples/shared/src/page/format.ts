import type { ConnectionSnapshot } from '@tautline/core';

const grouped = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

export const formatCount = (count: number): string => grouped.format(count);
export const formatCompact = (count: number): string => compact.format(count);
/** To the second. */
export const formatTime = (time: number): string => timeOfDay.format(time);
export const formatPrice = (price: number): string => price.toFixed(2);
export const formatShare = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const formatBytes = (bytes: number): string =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
/** Exactly, for what is small: "1,024 bytes". */
export const formatSize = (bytes: number): string => `${grouped.format(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
export const formatKilobytes = (bytes: number): string => `${grouped.format(Math.ceil(bytes / 1_024))} KiB`;
export const formatMilliseconds = (ms: number): string =>
  ms < 1 ? '< 1 ms' : ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;

/** How long ago something was: seconds, minutes, hours. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3_600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3_600)} h`;
}

export function formatChange(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(2)} %`;
}

/** What the badge says after the status: the attempt, and how long until it. */
export function detailOf(
  { status, attempt, retryAt, paused }: Pick<ConnectionSnapshot, 'status' | 'attempt' | 'retryAt' | 'paused'>,
  now: number,
): string {
  if (status !== 'reconnecting') return '';
  if (paused) return `waits: ${paused}`;
  const count = attempt > 0 ? `attempt ${attempt}` : 'now';
  return retryAt === null ? count : `${count} in ${(Math.max(0, retryAt - now) / 1_000).toFixed(1)} s`;
}
