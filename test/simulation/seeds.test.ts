import { afterAll, beforeAll, expect, test } from 'vitest';
import { World } from './world';

// SEED=7 replays one seed; SEEDS=n runs so many, from FROM on. `pnpm soak` sets the last two.
const { SEED, SEEDS, FROM } = process.env;
const first = Number(SEED ?? FROM ?? 1);
const count = Number(SEEDS ?? (SEED ? 1 : 2_000));

/** What has to come up in some world, or the worlds are too quiet to prove anything. */
const HAPPENINGS = [
  'recovered: true',
  'recovered: false',
  'resolved',
  'is failed',
  'joining, for timeout',
  'joining, for channel-refused',
  ...['channel-ended', 'channel-left', 'connection-closed', 'queue-full', 'send-refused', 'timeout'],
  ...[': dropped', ': queued', ': sent'],
  ...[1006, 3001, 4401].map((code) => `is reconnecting ${code} `),
  ...[3001, 3005, 3008, 3012, 3503, 1012, 1013, 4401, 4403, 4408].map((code) => ` with ${code} `),
  ...['handshake-rejected', 'heartbeat-timeout', 'idle-timeout', 'connect-timeout', 'socket-failed'],
];

const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0; // most errors here are the network's, and nobody asks where they were made
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

async function live(seed: number): Promise<World> {
  const world = new World(seed);
  const problem = await world.live();
  if (!problem) return world;
  const replay = `SEED=${seed} npx vitest run --project simulation seeds`;
  throw new Error(`Seed ${seed}: ${problem}\n\n${world.trace.tail(SEED ? Infinity : 60)}\n\nReplay: ${replay}`);
}

test(`the rules hold in every world, from seed ${first} on`, { timeout: 0 }, async () => {
  for (let seed = first; seed < first + count; seed++) {
    await live(seed);
    if (FROM && (seed - first) % 1_000 === 999) console.log(`${seed - first + 1} seeds from ${first} on`);
  }
});

test('the same seed makes the same world, to the letter', { timeout: 0 }, async () => {
  for (let seed = 1; seed <= 5; seed++) {
    const { trace } = await live(seed);
    expect((await live(seed)).trace.hash).toBe(trace.hash);
    expect((await live(seed + 1)).trace.hash).not.toBe(trace.hash);
  }
});

test('worlds are not quiet: all that can happen does', { timeout: 0 }, async () => {
  const missing = new Set(HAPPENINGS);
  for (let seed = 1; seed <= 400 && missing.size; seed++) {
    const { trace } = await live(seed);
    for (const happening of missing) if (trace.includes(happening)) missing.delete(happening);
  }
  expect([...missing]).toEqual([]);
});
