import { envelope } from '@tautline/core/protocols/envelope';
import { pusher } from '@tautline/core/protocols/pusher';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COUNT, Herd, peakOf, type Dialect, type Outcome } from './herdWorld';

// SEED=7 replays one seed; SEEDS=n runs so many and tells the figures.
const { SEED, SEEDS } = process.env;
const first = Number(SEED ?? 1);
const count = Number(SEEDS ?? 1);

const OUTAGE = 30_000;

/** A thousand clients may ask this often in any 100 ms, and nearly all of them are served in 10 s. */
const MAX_PEAK = 40;
const MOST = 0.99 * COUNT;
const SOON = 10_000;

/** The goal, with many seeds. */
async function always(live: (seed: number) => Promise<Outcome>): Promise<void> {
  const peaks: number[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const { asked, served } = await live(seed);
    const name = expect.getState().currentTestName?.replaceAll(' > ', ' ');
    const replay = `SEED=${seed} npx vitest run --project faults herd.test -t '${name}'`;
    const peak = peakOf(asked);
    peaks.push(peak);
    expect(peak, replay).toBeLessThanOrEqual(MAX_PEAK);
    expect(served.filter((time) => time <= SOON).length, replay).toBeGreaterThanOrEqual(MOST);
  }
  if (SEEDS) tell(peaks);
}

function tell(peaks: number[]): void {
  const sorted = peaks.toSorted((one, other) => one - other);
  console.log(`Peaks in ${sorted.length} seeds: median ${sorted[sorted.length >> 1]}, at most ${sorted.at(-1)}`);
}

const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0; // each lost line makes an error, and nobody asks where
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** A server of plain JSON that lets everybody in. */
const plain: Dialect = {
  channels: () => envelope({ heartbeat: false }) as never,
  hear(herd, { type, id }, reply) {
    herd.note(`asked to ${type}`);
    reply({ type: 'ack', id });
  },
};

/** A Pusher server, and the app's that is asked before. */
const restricted: Dialect = {
  channels: (herd) =>
    pusher({
      key: 'key',
      authorizeBatch: async ({ channels }) => {
        herd.note('authorisation');
        await new Promise<void>((resolve) => herd.after(2 * herd.latency(), resolve));
        return new Map(channels.map((name) => [name, { auth: 'key:signed' }]));
      },
    }) as never,
  greeting: { event: 'pusher:connection_established', data: { socket_id: '1.1', activity_timeout: 120 } },
  hear(_herd, { event, data }, reply) {
    if (event !== 'pusher:subscribe') return;
    reply({ event: 'pusher_internal:subscription_succeeded', channel: Object(data).channel, data: {} });
  },
};

describe('1,000 connections', () => {
  test('lost their server for 30 s', { timeout: 0 }, () =>
    always(async (seed) => {
      const herd = new Herd(seed);
      await herd.pass(10_000);
      await herd.lose(OUTAGE);
      return herd.outcome('attempt', 'connected');
    }),
  );
});

describe('1,000 channels', () => {
  test('lost their server for 30 s, and are joined again as soon as their lines are back', { timeout: 0 }, () =>
    always(async (seed) => {
      const herd = new Herd(seed, plain);
      await herd.join('room');
      await herd.lose(OUTAGE);
      const outcome = await herd.outcome('asked to subscribe', 'joined');
      const back = herd.log.get('connected')?.slice(COUNT) ?? [];
      expect(herd.log.get('asked to subscribe')?.slice(COUNT)).toHaveLength(back.length);
      return outcome;
    }),
  );

  test('are ended in one moment, as when their topic crashes', { timeout: 0 }, () =>
    always(async (seed) => {
      const herd = new Herd(seed, plain);
      await herd.join('room');
      herd.broadcast({ type: 'ended', topic: 'room', message: 'crashed', retry: true });
      return herd.outcome('asked to subscribe', 'joined');
    }),
  );

  test('are refused in one moment, as by a server whose database is gone', { timeout: 0 }, () =>
    always(async (seed) => {
      const refusals: (() => void)[] = [];
      const hear: Dialect['hear'] = (herd, frame, reply) => {
        if (frame.topic !== 'room' || refusals.length === COUNT) return plain.hear?.(herd, frame, reply);
        refusals.push(() => reply({ type: 'error', id: frame.id, message: 'unavailable', retry: true }));
      };
      const herd = new Herd(seed, { ...plain, hear });
      await herd.join('room');
      for (const refuse of refusals) refuse();
      return herd.outcome('asked to subscribe', 'joined');
    }),
  );
});

describe('1,000 clients with a private channel', () => {
  test.each([0, 2_000, OUTAGE])('lost their Pusher server for %i ms', { timeout: 0 }, (outage) =>
    always(async (seed) => {
      const herd = new Herd(seed, restricted);
      await herd.join('private-room');
      await herd.lose(outage);
      return herd.outcome('authorisation', 'joined');
    }),
  );
});
