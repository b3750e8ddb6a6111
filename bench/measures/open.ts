import type { ParticipantId } from '../adapters/registry';
import type { Lab, Measure } from '../lab/lab';
import { inRounds, known, ofMeasured, rowsOf } from '../lab/rounds';
import { serversOf } from '../lab/servers';
import { median, spread } from '../lab/statistics';

const TIMES = 30;
const PLAIN: readonly ParticipantId[] = [
  'tautline',
  'partysocket',
  'reconnectingWebsocket',
  'reactUseWebsocket',
  'vueuse',
];

/** Each participant takes turns with a bare socket, so that what a busy moment costs, it costs both. */
interface Sample {
  readonly own: number;
  readonly raw: number;
}

const typical = ({ own, raw }: { own: readonly number[]; raw: readonly number[] }): Sample => ({
  own: median(own),
  raw: median(raw),
});

const openingIn = (
  where: 'Chromium' | 'Node',
  measureIn: (lab: Lab, id: ParticipantId, url: string) => Promise<{ own: number[]; raw: number[] }>,
): Measure => ({
  title: `Opening, in ${where}`,
  what: `From asking for the connection to its being open, on loopback, in turns with a bare WebSocket in the same process: the median of ${TIMES} each, as ${where === 'Node' ? 'milliseconds beyond it' : 'a ratio to it'}.`,

  async run(lab) {
    await using servers = serversOf(lab);
    const samples = await inRounds(lab, PLAIN, async (id) =>
      typical(await measureIn(lab, id, (await servers.for(id)).url)),
    );
    const isNode = where === 'Node';
    const figures = (id: ParticipantId) => known(samples, id, ({ own, raw }) => (isNode ? own - raw : own / raw));
    const bound = isNode ? 0.15 : 1.02;
    return {
      columns: [isNode ? 'ms beyond a bare socket' : 'to a bare socket', 'ms'],
      rows: rowsOf(samples, (id) => [
        spread(figures(id), 2),
        spread(
          known(samples, id, ({ own }) => own),
          2,
        ),
      ]),
      goals: ofMeasured(samples, ['tautline'], (id) => ({
        goal: isNode ? '<= 0.15 ms beyond' : '<= 1.02',
        figure: spread(figures(id), 2),
        isMet: median(figures(id)) <= bound,
      })),
    };
  },
});

export const openInPage = openingIn('Chromium', async (lab, id, url) => {
  await using opened = await lab.openPage();
  const compare = (times: number) =>
    opened.run(([id, given]) => window.bench.compareOpenings(id, given), [id, { url, times }] as const);
  await compare(5);
  return await compare(TIMES); // before the page is closed
});

export const openInNode = openingIn('Node', (lab, participant, url) =>
  lab.inNode({ task: 'open', participant, url, times: TIMES }),
);
