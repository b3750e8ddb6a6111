import { isolate } from '../lib/isolate';
import type { CloseInfo } from '../types';
import type { CloseVerdict } from '../wire/closeVerdict';

/** Over how long those are spread, in milliseconds, who were woken by the same event: back online, say. */
export const WAKE_SPREAD = 300;

/** The resolved `reconnect` option; durations in milliseconds. */
export interface Backoff {
  readonly initialDelay: number;
  readonly maxDelay: number;
  readonly factor: number;
  readonly jitter: 'full' | 'none';
  readonly maxAttempts: number;
  readonly minUptime: number;
  readonly delay?: ((attempt: number, close: CloseInfo | null) => number | undefined) | undefined;
}

/**
 * How long to wait before a retry, in milliseconds.
 *
 * Full jitter spreads a herd best: a wait anywhere from 0 to the bound, the first retry included.
 * Its bound doubles (by `factor`) from `initialDelay` to `maxDelay`. A server that said "slow"
 * gets the upper half of `maxDelay`; a line
 * that died in silence is replaced soon, once, since each of a herd notices at a moment of its own.
 *
 * @param attempt 1 for the first retry.
 * @param random In [0, 1).
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelay(
  backoff: Backoff,
  attempt: number,
  close: CloseInfo | null,
  verdict: CloseVerdict | 'replace',
  random: number,
): number {
  const { initialDelay, maxDelay, factor, jitter } = backoff;
  const chosen = isolate(() => backoff.delay?.(attempt, close));
  if (chosen !== undefined && chosen >= 0) return chosen;
  const share = jitter === 'full' ? random : 1;
  if (verdict === 'slow') return (maxDelay * (1 + share)) / 2;
  if (verdict === 'replace' && attempt === 1) return share * Math.min(initialDelay, WAKE_SPREAD);
  const exponent = verdict === 'retry-now' ? 0 : attempt - 1;
  // Without `|| 0`, a delay of 0 times a factor grown to Infinity is NaN, for which no timer would ever fire.
  return share * Math.min(maxDelay, initialDelay * factor ** exponent) || 0;
}
