import { expect, test } from 'vitest';
import { backoffDelay, type Backoff } from '../../packages/core/src/machine/backoff';
import { CHANNEL_DEFAULTS, RECONNECT_DEFAULTS } from '../../packages/core/src/options';
import { Chance } from '../simulation/chance';
import { COUNT, peakOf } from './herdWorld';

// Waits alone, without the code that waits: of so many more herds than herd.test.ts has time for.

const SEEDS = 500;

/** When a client asks that was sent away `outage` milliseconds before it can be served, in milliseconds after that. */
function askedAt(backoff: Backoff, outage: number, { next }: Chance): number {
  let time = 0;
  for (let attempt = 1; ; attempt++) {
    time += backoffDelay(backoff, attempt, null, 'retry', next());
    if (time >= outage) return time - outage;
  }
}

const { rejoin: REJOIN } = CHANNEL_DEFAULTS;

// The last column: how many of these herds have more than 40 in some 100 ms, since chance has no bound.
test.each([
  ['connections whose server is gone for 30 s', RECONNECT_DEFAULTS, 30_000, 0],
  ['connections whose server is gone for a minute', RECONNECT_DEFAULTS, 60_000, 1],
  ['channels whose topic crashed', REJOIN, 0, 0],
  ['channels whose topic is down for 30 s', REJOIN, 30_000, 0],
])(`${SEEDS} times 1,000 %s`, (_what, backoff, outage, exceptions) => {
  const crowded: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const chance = new Chance(seed);
    const asked = Array.from({ length: COUNT }, () => askedAt(backoff, outage, chance));
    if (peakOf(asked) > 40) crowded.push(seed);
    expect(asked.filter((time) => time <= 10_000).length, `seed ${seed}`).toBeGreaterThanOrEqual(0.99 * COUNT);
  }
  expect(crowded).toHaveLength(exceptions);
});
