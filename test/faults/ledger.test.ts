import { expect, test } from 'vitest';
import { FAULTS, Life } from './ledgerLife';

// SEED=7 replays what goes wrong in one seed; its sockets are real, so that not all of it is as fast again. SEEDS=n runs so
// many, from FROM on: `pnpm soak ledger` sets these.
const { SEED, SEEDS, FROM } = process.env;
const first = Number(SEED ?? FROM ?? 1);
const count = Number(SEEDS ?? (SEED ? 1 : 4));

test(
  `all that is sent and heard through ${FAULTS} faults is accounted for, from seed ${first} on`,
  { timeout: 0 },
  async () => {
    const seen = new Map<string, number>();
    for (let seed = first; seed < first + count; seed++) {
      const life = new Life(seed);
      const problems = await life.live();
      const replay = `SEED=${seed} npx vitest run --project faults ledger`;
      expect(problems.slice(0, 5), `${life.trace.join('\n')}\n\nReplay: ${replay}\n`).toEqual([]);
      for (const { book } of life.clients) {
        for (const [what, times] of Object.entries(book.tally())) seen.set(what, (seen.get(what) ?? 0) + times);
      }
      if (FROM && (seed - first) % 10 === 9) console.log(`${seed - first + 1} seeds from ${first} on:`, seen);
    }
    if (SEED) return;
    for (const [what, times] of seen) expect(times, `too quiet to prove anything: no ${what}`).toBeGreaterThan(0);
  },
);
