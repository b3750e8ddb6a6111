import { participantOf, type ParticipantId } from '../adapters/registry';
import type { Measure } from '../lab/lab';
import { inRounds, known, ofMeasured, rowsOf } from '../lab/rounds';
import { median, spread } from '../lab/statistics';
import type { QueueResult } from '../node/orders';

const COUNT = 100_000;
/** Of those whose time grows with the square. */
const FEWER = 4_000;
/** To see whether twice as many take twice as long. */
const SHARE = 4;

interface Sample extends QueueResult {
  /** By how much one message of all costs more than one of a quarter of them. */
  readonly growth: number;
}

export const queue: Measure = {
  title: '100,000 messages queued offline, then flushed',
  what: `Node, a stub socket that is not open yet, and then is. phoenix and centrifuge, which join a channel first, get ${FEWER.toLocaleString('en')}. “Growth” is what one message costs to flush, against one of a quarter as many: 1 is linear.`,

  async run(lab) {
    const participants: readonly ParticipantId[] = [
      'expert',
      'tautline',
      'reactUseWebsocket',
      'vueuse',
      'partysocket',
      'reconnectingWebsocket',
      'phoenix',
      'centrifuge',
    ];
    const samples = await inRounds(lab, participants, async (participant): Promise<Sample> => {
      const count = participantOf(participant).rooms ? FEWER : COUNT;
      const few = await lab.inNode<QueueResult>({ task: 'queue', participant, count: count / SHARE });
      const all = await lab.inNode<QueueResult>({ task: 'queue', participant, count });
      return { ...all, isWhole: all.isWhole && few.isWhole, growth: all.flushed / few.flushed };
    });
    const figures = (id: ParticipantId, figure: (sample: Sample) => number) => known(samples, id, figure);
    const isWhole = (id: ParticipantId) => figures(id, (sample) => Number(sample.isWhole)).every(Boolean);
    return {
      columns: ['µs to queue', 'µs to flush', 'growth', 'all there, in order'],
      rows: rowsOf(samples, (id) => [
        spread(
          figures(id, ({ queued }) => queued),
          2,
        ),
        spread(
          figures(id, ({ flushed }) => flushed),
          2,
        ),
        spread(
          figures(id, ({ growth }) => growth),
          2,
        ),
        isWhole(id) ? 'yes' : 'no',
      ]),
      goals: ofMeasured(samples, ['tautline'], (id) => {
        const [queued, flushed] = [figures(id, (sample) => sample.queued), figures(id, (sample) => sample.flushed)];
        const growth = figures(id, (sample) => sample.growth);
        return {
          goal: '<= 0.2 µs each way, linear, order kept',
          figure: `${spread(queued, 2)} µs in, ${spread(flushed, 2)} µs out; growth ${spread(growth, 2)}; order ${isWhole(id) ? 'kept' : 'lost'}`,
          isMet: median(queued) <= 0.2 && median(flushed) <= 0.2 && median(growth) <= 1.5 && isWhole(id),
        };
      }),
    };
  },
};
