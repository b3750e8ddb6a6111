import type { ParticipantId } from '../adapters/registry';
import type { Measure } from '../lab/lab';
import { inRounds, known, ofMeasured, rowsOf } from '../lab/rounds';
import { serversOf } from '../lab/servers';
import { spread } from '../lab/statistics';

const COUNT = 100_000;

export const flush: Measure = {
  title: 'Frames while 100,000 queued messages go out',
  what: 'Chromium. The longest time between two animation frames from when the line is asked for until the server has answered what was queued last.',

  async run(lab) {
    await using servers = serversOf(lab);
    const participants: readonly ParticipantId[] = [
      'expert',
      'tautline',
      'reactUseWebsocket',
      'vueuse',
      'partysocket',
      'reconnectingWebsocket',
    ];
    const samples = await inRounds(lab, participants, async (id) => {
      const { url } = await servers.for(id);
      await using opened = await lab.openPage();
      return await opened.run(([id, given]) => window.bench.queueAndFlush(id, given), [
        id,
        { url, count: COUNT },
      ] as const);
    });
    const longest = (id: ParticipantId) => known(samples, id, (sample) => sample);
    return {
      columns: ['longest frame, ms'],
      rows: rowsOf(samples, (id) => [spread(longest(id), 0)]),
      goals: ofMeasured(samples, ['tautline'], (id) => ({
        goal: 'no frame over 50 ms',
        figure: `${spread(longest(id), 0)} ms`,
        isMet: Math.max(...longest(id)) <= 50,
      })),
    };
  },
};
