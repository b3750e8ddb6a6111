import type { ParticipantId } from '../adapters/registry';
import { participantOf } from '../adapters/registry';
import type { Measure } from '../lab/lab';
import { each, inRounds, ofMeasured, rowsOf } from '../lab/rounds';
import { differences, median, spread } from '../lab/statistics';

const PARTICIPANTS: readonly ParticipantId[] = [
  'raw',
  'tautline',
  'reactUseWebsocket',
  'vueuse',
  'partysocket',
  'reconnectingWebsocket',
  'phoenix',
  'tautlinePhoenix',
  'tautlineCentrifugo',
];

export const send: Measure = {
  title: 'Sending a string',
  what: 'Node, a stub socket. What one `send` takes beyond the same call on the socket itself. Those with channels send an event to one and wait for no answer.',

  async run(lab) {
    const samples = await inRounds(lab, PARTICIPANTS, (participant) =>
      // What sends to channels keeps each request until its answer.
      lab.inNode<number>({ task: 'send', participant, count: participantOf(participant).rooms ? 2_000 : 200_000 }),
    );
    const took = (id: ParticipantId) => each(samples, id, (sample) => sample);
    const extra = (id: ParticipantId) => differences(took(id), took('raw'));
    return {
      columns: ['µs beyond the native call'],
      rows: rowsOf(samples, (id) => [id === 'raw' ? '0' : spread(extra(id), 3)]),
      goals: ofMeasured(samples, ['tautline'], (id) => ({
        goal: '<= 0.10 µs',
        figure: `${spread(extra(id), 3)} µs`,
        isMet: median(extra(id)) <= 0.1,
      })),
    };
  },
};
