import { participantOf, type ParticipantId } from '../adapters/registry';
import type { Measure } from '../lab/lab';
import { inRounds, known, ofMeasured, rowsOf } from '../lab/rounds';
import { serversOf } from '../lab/servers';
import { median, spread } from '../lab/statistics';
import type { ChannelsResult } from '../node/orders';

const COUNT = 10_000;
const OURS = ['tautlineEnvelope', 'tautlineCentrifugo', 'tautlinePhoenix'] as const;

export const channels: Measure = {
  title: '10,000 channels on one line',
  what: 'Node, a real server in another process. Bytes of heap for each channel with one listener, and CPU from asking for the line until all are joined. socket.io has no joining by clients: its figure is that of adding listeners.',

  async run(lab) {
    await using servers = serversOf(lab);
    const participants: readonly ParticipantId[] = ['expert', ...OURS, 'phoenix', 'centrifuge', 'socketIo', 'pusher'];
    const samples = await inRounds(lab, participants, async (participant) =>
      lab.inNode<ChannelsResult>({
        task: 'channels',
        participant,
        url: (await servers.for(participant)).url,
        count: COUNT,
      }),
    );
    const heap = (id: ParticipantId) => known(samples, id, (sample) => sample.heap);
    const cpu = (id: ParticipantId) => known(samples, id, (sample) => sample.cpu);
    return {
      columns: ['bytes each', 'ms of CPU until joined'],
      rows: rowsOf(samples, (id) => [spread(heap(id), 0), spread(cpu(id), 0)]),
      goals: ofMeasured(samples, OURS, (id) => ({
        goal: `${participantOf(id).name}: <= 1,000 bytes, <= 300 ms`,
        figure: `${spread(heap(id), 0)} bytes; ${spread(cpu(id), 0)} ms`,
        isMet: median(heap(id)) <= 1_000 && median(cpu(id)) <= 300,
      })),
    };
  },
};
