import type { ParticipantId } from '../adapters/registry';
import type { Finding, Measure } from '../lab/lab';
import type { BurstResult } from '../page/burst';
import { each, inRounds, known, ofMeasured, rowsOf, type Samples } from '../lab/rounds';
import { serversOf } from '../lab/servers';
import { median, ratios, spread } from '../lab/statistics';

const COUNT = 20_000;
/** One after the other in each page. What one costs depends on how the threads of the browser happen to take turns. */
const BURSTS = 3;
const WARM_UP = 3_000;
/** In milliseconds. */
const PATIENCE = 30_000;

/** Those with a component show the last message; the others have a callback. */
const WITH_STATE: readonly ParticipantId[] = [
  'expertReact',
  'expertVue',
  'tautlineReact',
  'tautlineVue',
  'reactUseWebsocket',
  'vueuse',
  'partysocketReact',
];
const CALLBACKS: readonly ParticipantId[] = [
  'tautline',
  'partysocket',
  'reconnectingWebsocket',
  'phoenix',
  'centrifuge',
  'socketIo',
  'pusher',
];

interface Sample {
  /** Microseconds of CPU for each message. */
  readonly cpu: number;
  readonly lost: number;
  readonly renders: number;
  readonly mostInOneFrame: number;
  readonly isLastShown: boolean;
}

export const burst: Measure = {
  title: `Burst of ${COUNT.toLocaleString('en')} messages`,
  what:
    `Chromium. The server sends as fast as it can; what counts is the CPU of the page’s main thread for each message, from the first to the last one shown, in the median of ${BURSTS} bursts in one page. ` +
    'Who has hooks or composables shows the last message in a component; the others count in a callback. A protocol’s own frames are its users’ to pay, and are in its figure.',

  async run(lab): Promise<Finding> {
    await using servers = serversOf(lab);
    const sample = async (id: ParticipantId): Promise<Sample> => {
      const server = await servers.for(id);
      await using opened = await lab.openPage();
      await opened.run(([id, url]) => window.bench.startBurst(id, url), [id, server.url] as const);
      const receive = async (count: number, total: number) => {
        const received = opened.run(([total, patience]) => window.bench.burstReceived(total, patience), [
          total,
          PATIENCE,
        ] as const);
        await server.ask({ type: 'burst', count });
        return received;
      };
      const bursts: Burst[] = [];
      let before = await receive(WARM_UP, WARM_UP);
      for (let number = 1; number <= BURSTS; number++) {
        const startedAt = await opened.cpuTime();
        const after = await receive(COUNT, WARM_UP + COUNT * number);
        const cpu = ((await opened.cpuTime()) - startedAt) * 1_000;
        bursts.push({ ...after, cpu: cpu / COUNT, renders: after.renders - before.renders });
        before = after;
      }
      return sampleOf(bursts);
    };
    return findingOf(await inRounds(lab, ['raw', ...WITH_STATE, ...CALLBACKS], sample));
  },
};

type Burst = BurstResult & Pick<Sample, 'cpu'>;

function sampleOf(bursts: readonly Burst[]): Sample {
  const last = bursts.at(-1);
  return {
    cpu: median(bursts.map(({ cpu }) => cpu)),
    lost: WARM_UP + COUNT * BURSTS - (last?.seen ?? 0),
    renders: median(bursts.map(({ renders }) => renders)),
    mostInOneFrame: Math.max(...bursts.map(({ mostInOneFrame }) => mostInOneFrame)),
    isLastShown: bursts.every(({ isLastShown }) => isLastShown),
  };
}

function findingOf(samples: Samples<Sample>): Finding {
  const cpu = (id: ParticipantId) => each(samples, id, (sample) => sample.cpu);
  const ratio = (id: ParticipantId) => ratios(cpu(id), cpu('raw'));
  const lost = (id: ParticipantId) =>
    known(samples, id, ({ lost, isLastShown }) => (isLastShown ? lost : Math.max(lost, 1)));
  const inOneFrame = (id: ParticipantId) => Math.max(...known(samples, id, ({ mostInOneFrame }) => mostInOneFrame));
  return {
    columns: ['to raw', 'µs each', 'lost', 'renders'],
    rows: rowsOf(samples, (id) => [
      spread(ratio(id), 2),
      spread(
        known(samples, id, (sample) => sample.cpu),
        1,
      ),
      spread(lost(id), 0),
      WITH_STATE.includes(id)
        ? spread(
            known(samples, id, ({ renders }) => renders),
            0,
          )
        : 'callback',
    ]),
    goals: ofMeasured(samples, ['tautlineReact', 'tautlineVue'], (id) => ({
      goal: `${id === 'tautlineReact' ? 'React' : 'Vue'}, with state: <= 1.10 of a raw handler, 0 lost, at most one render a frame`,
      figure: `${spread(ratio(id), 2)}; ${Math.max(...lost(id))} lost; at most ${inOneFrame(id)} a frame`,
      isMet: median(ratio(id)) <= 1.1 && Math.max(...lost(id)) === 0 && inOneFrame(id) <= 1,
    })),
  };
}
