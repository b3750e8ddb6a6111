import type { ParticipantId } from '../adapters/registry';
import type { Finding, Goal, Lab, Measure } from '../lab/lab';
import { each, inRounds, known, ofMeasured, rowsOf, type Samples } from '../lab/rounds';
import { serversOf } from '../lab/servers';
import { median, percentile, ratios, spread } from '../lab/statistics';
import { topicsOf } from '../server/orders';

const TOPICS = 1_000;
const PER_SECOND = 10_000;
const COUNT = 12_000;
/** For code to be compiled, at the same rate. */
const WARM_UP = 2_000;
/** How long who has fallen behind may take to show everything, in milliseconds. */
const PATIENCE = 20_000;

const EXPERTS = ['expertReact', 'expertVue'] as const;
const OURS = ['tautlineReact', 'tautlineVue'] as const;
const OUR_CHANNELS = ['tautlineReactChannels', 'tautlineVueChannels'] as const;
const CHANNEL_CLIENTS = ['phoenix', 'centrifuge', 'socketIo', 'pusher'] as const;

interface Sample {
  /** Microseconds of CPU for each message. */
  readonly cpu: number;
  /** The 95th percentile, in milliseconds. */
  readonly latency: number;
  readonly longestFrame: number;
  /** Tiles that did not show the last value in the end. */
  readonly wrong: number;
  /** Values a second that it kept up with. */
  readonly pace: number;
}

/** What it is compared with renders by the same framework. */
const expertOf = (id: ParticipantId): ParticipantId => (/vue/i.test(id) ? 'expertVue' : 'expertReact');

const tilesOf = (shown: number, participants: readonly ParticipantId[]): Measure => ({
  title: `${shown === TOPICS ? '1,000 tiles' : `${shown} tiles of 1,000 topics`}, 10,000 updates a second`,
  what:
    'Chromium. Values for 1,000 topics come at 10,000 a second on one line; each tile is a component that shows its topic’s last value, which is the time it was sent at. ' +
    'CPU of the main thread for each message, to a store by hand with a map, a listener for each topic and one flush a frame, in the same framework. ' +
    'In the end every tile must show the last value sent.',

  async run(lab): Promise<Finding> {
    await using servers = serversOf(lab);
    const samples = await inRounds(lab, participants, async (id) =>
      sample(lab, { id, shown, server: await servers.for(id) }),
    );
    const cpu = (id: ParticipantId) => each(samples, id, (found) => found.cpu);
    const ratio = (id: ParticipantId) => ratios(cpu(id), cpu(expertOf(id)));
    return {
      columns: [
        'to by hand',
        'µs each',
        'latency p95, ms',
        'longest frame, ms',
        'wrong tiles',
        'kept up with, a second',
      ],
      rows: rowsOf(samples, (id) => [
        spread(ratio(id), 2),
        spread(
          known(samples, id, (found) => found.cpu),
          1,
        ),
        spread(
          known(samples, id, ({ latency }) => latency),
          0,
        ),
        spread(
          known(samples, id, ({ longestFrame }) => longestFrame),
          0,
        ),
        spread(
          known(samples, id, ({ wrong }) => wrong),
          0,
        ),
        spread(
          known(samples, id, ({ pace }) => pace),
          0,
        ),
      ]),
      goals: ofMeasured(samples, [...OURS, ...OUR_CHANNELS], (id) => goalOf(samples, id, ratio(id))),
    };
  },
});

export const tiles = tilesOf(TOPICS, [
  ...EXPERTS,
  ...OURS,
  ...OUR_CHANNELS,
  'reactUseWebsocket',
  'vueuse',
  ...CHANNEL_CLIENTS,
]);
export const fewTiles = tilesOf(100, [...EXPERTS, ...OURS, 'phoenix', 'centrifuge']);

async function sample(
  lab: Lab,
  { id, shown, server }: { id: ParticipantId; shown: number; server: Awaited<ReturnType<Lab['serve']>> },
): Promise<Sample> {
  await using opened = await lab.openPage();
  const given = { url: server.url, topics: topicsOf(TOPICS), shown };
  await opened.run(([id, given]) => window.bench.startTiles(id, given), [id, given] as const);
  const show = async (count: number) => {
    const last = await server.ask<[string, string][]>({ type: 'stream', topics: TOPICS, perSecond: PER_SECOND, count });
    return opened.run(([last, patience]) => window.bench.tilesSettled(last, patience), [last, PATIENCE] as const);
  };
  await show(WARM_UP);
  const before = await opened.cpuTime();
  const { latencies, wrong, longestFrame, settledAfter } = await show(COUNT);
  const cpu = (await opened.cpuTime()) - before;
  const seconds = COUNT / PER_SECOND + settledAfter / 1_000;
  return {
    cpu: (cpu * 1_000) / COUNT,
    latency: percentile(latencies, 0.95),
    longestFrame,
    wrong,
    pace: Math.min(PER_SECOND, COUNT / seconds),
  };
}

function goalOf(samples: Samples<Sample>, id: ParticipantId, ratio: readonly number[]): Goal {
  const latency = known(samples, id, (found) => found.latency);
  const longest = Math.max(...known(samples, id, ({ longestFrame }) => longestFrame));
  const wrong = Math.max(...known(samples, id, (found) => found.wrong));
  return {
    goal: `${nameOf(id)}: <= 1.05 of a store by hand, latency p95 <= 25 ms, no frame over 50 ms, every tile right`,
    figure: `${spread(ratio, 2)}; ${spread(latency, 0)} ms; ${spread([longest], 0)} ms; ${wrong} wrong`,
    isMet: median(ratio) <= 1.05 && median(latency) <= 25 && longest <= 50 && wrong === 0,
  };
}

const nameOf = (id: ParticipantId) =>
  `${/vue/i.test(id) ? 'Vue' : 'React'}, ${/channels/i.test(id) ? 'a channel for each tile' : 'one feed'}`;
