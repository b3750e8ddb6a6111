import { setTimeout } from 'node:timers/promises';
import { participantOf, type ParticipantId } from '../adapters/registry';
import type { Lab, Measure } from '../lab/lab';
import { known, ofMeasured, rowsOf, type Samples } from '../lab/rounds';
import { spread } from '../lab/statistics';
import type { HerdResult } from '../node/orders';

const CLIENTS = 1_000;
/** In milliseconds. */
const DOWNTIME = 10_000;
const WINDOW = 100;

/** They mostly wait, so some share the machine. */
const TOGETHER: readonly (readonly ParticipantId[])[] = [
  ['tautline', 'tautlineSooner', 'tautlineCentrifugo', 'pusher'],
  ['partysocket', 'reconnectingWebsocket', 'socketIo', 'phoenix'],
  ['reactUseWebsocket', 'vueuse', 'centrifuge'],
];

interface Sample {
  /** The most connections in any window. */
  readonly peak: number;
  /** When the last one was open, in seconds after the server came back. */
  readonly allBack: number;
  readonly missing: number;
}

export const herd: Measure = {
  title: '1,000 clients whose server is down for 10 s',
  what: 'Node, real sockets; all are cut at once and refused for 10 s. How many connections arrive in any 100 ms after that, and when the last client is back. Once: the thousand clients are the sample. Those that are not back after 40 s are missing.',

  async run(lab) {
    const samples: Samples<Sample> = new Map();
    for (const together of TOGETHER) {
      const ids = together.filter(lab.takesPart);
      const found = await Promise.all(
        ids.map((id) => outage(lab, id).catch((error: unknown) => void lab.log(`${id}: ${String(error)}`))),
      );
      for (const [at, id] of ids.entries()) samples.set(id, [found[at]]);
      lab.log(ids.join(', '));
    }
    const figures = (id: ParticipantId, figure: (sample: Sample) => number) => known(samples, id, figure);
    return {
      columns: ['peak in 100 ms', 'all back after, s', 'missing'],
      rows: rowsOf(samples, (id) => [
        spread(
          figures(id, ({ peak }) => peak),
          0,
        ),
        spread(
          figures(id, ({ allBack }) => allBack),
          1,
        ),
        spread(
          figures(id, ({ missing }) => missing),
          0,
        ),
      ]),
      goals: ofMeasured(samples, ['tautline', 'tautlineSooner'], (id) => {
        const [peak = NaN, allBack = NaN, missing = NaN] = [
          ...figures(id, (sample) => sample.peak),
          ...figures(id, (sample) => sample.allBack),
          ...figures(id, (sample) => sample.missing),
        ];
        return {
          goal: `${participantOf(id).name}: at most 35 in 100 ms, all back within 7 s`,
          figure: `${peak}; ${allBack.toFixed(1)} s`,
          isMet: peak <= 35 && allBack <= 7 && missing === 0,
        };
      }),
    };
  },
};

async function outage(lab: Lab, participant: ParticipantId): Promise<Sample> {
  await using server = await lab.serve({ dialect: participantOf(participant).dialect, isFragile: true });
  const process = await lab.startInNode<HerdResult>({ task: 'herd', participant, url: server.url, count: CLIENTS });
  const finding = process.finish();
  finding.catch(() => {}); // if it fails early, that is heard below
  await server.ask({ type: 'refuse' });
  await setTimeout(DOWNTIME);
  const backAt = Date.now();
  await server.ask({ type: 'accept' });
  const { reopened } = await finding;
  const arrivals = await server.ask<number[]>({ type: 'arrivals' });
  return {
    peak: mostInWindow(arrivals),
    allBack: (Math.max(...reopened) - backAt) / 1_000,
    missing: CLIENTS - reopened.length,
  };
}

function mostInWindow(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [at, time] of sorted.entries()) {
    while (time - (sorted[from] ?? time) > WINDOW) from++;
    most = Math.max(most, at - from + 1);
  }
  return most;
}
