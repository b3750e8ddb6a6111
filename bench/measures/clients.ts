import type { ParticipantId } from '../adapters/registry';
import type { Measure } from '../lab/lab';
import { each, inRounds, ofMeasured, rowsOf } from '../lab/rounds';
import { differences, median, spread } from '../lab/statistics';

const COUNT = 1_000;

export const clients: Measure = {
  title: 'An idle connected client',
  what: 'Node, stub sockets, 1,000 clients. Bytes of heap for each beyond a bare socket with two handlers. Those with channels are in one.',

  async run(lab) {
    const participants: readonly ParticipantId[] = [
      'raw',
      'tautline',
      'partysocket',
      'reconnectingWebsocket',
      'phoenix',
      'centrifuge',
      'tautlinePhoenix',
      'tautlineCentrifugo',
    ];
    const samples = await inRounds(lab, participants, (participant) =>
      lab.inNode<number>({ task: 'clients', participant, count: COUNT }),
    );
    const heap = (id: ParticipantId) => each(samples, id, (sample) => sample);
    const extra = (id: ParticipantId) => differences(heap(id), heap('raw'));
    return {
      columns: ['bytes'],
      rows: rowsOf(samples, (id) => [spread(extra(id), 0)]),
      goals: ofMeasured(samples, ['tautline'], (id) => ({
        goal: '<= 4,000 bytes',
        figure: `${spread(extra(id), 0)} bytes`,
        isMet: median(extra(id)) <= 4_000,
      })),
    };
  },
};
