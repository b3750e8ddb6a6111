import type { ParticipantId } from '../adapters/registry';
import type { Measure } from '../lab/lab';
import { inRounds, known, ofMeasured, rowsOf } from '../lab/rounds';
import { serversOf } from '../lab/servers';
import { median, spread } from '../lab/statistics';

const COUNT = 1_000;

export const hooks: Measure = {
  title: '1,000 hooks on one shared URL',
  what: 'Chromium, interpreting: what V8 compiles meanwhile is made once, and differs from run to run by 30 bytes for each. Bytes of heap for each component once it has shown a message, beyond one that shows nothing and has rendered as often. partysocket has no sharing: each of its hooks has a socket.',

  async run(lab) {
    await using servers = serversOf(lab);
    const participants: readonly ParticipantId[] = [
      'expertReact',
      'tautlineReact',
      'tautlineVue',
      'reactUseWebsocket',
      'vueuse',
      'partysocketReact',
    ];
    const samples = await inRounds(lab, participants, async (id) => {
      const server = await servers.for(id);
      await using opened = await lab.openInterpretedPage();
      const framework = /vue/i.test(id) ? 'vue' : 'react';
      const hooked = async (count: number) => {
        await opened.run(([id, url, count]) => window.bench.mountHooks(id, url, count), [
          id,
          server.url,
          count,
        ] as const);
        await server.ask({ type: 'burst', count: 1 });
        await opened.run(() => window.bench.hooksShown());
      };
      const bare = (count: number) =>
        opened.run(([count, framework]) => window.bench.mountBare(count, framework), [count, framework] as const);
      await bare(1);
      await hooked(1); // whatever is made once is not counted
      const empty = await opened.heap();
      await bare(COUNT);
      const before = await opened.heap();
      await hooked(COUNT);
      return ((await opened.heap()) - before - (before - empty)) / COUNT;
    });
    const heap = (id: ParticipantId) => known(samples, id, (sample) => sample);
    return {
      columns: ['bytes'],
      rows: rowsOf(samples, (id) => [spread(heap(id), 0)]),
      goals: ofMeasured(samples, ['tautlineReact', 'tautlineVue'], (id) => ({
        goal: `${id === 'tautlineReact' ? 'React' : 'Vue'}: <= 800 bytes`,
        figure: `${spread(heap(id), 0)} bytes`,
        isMet: median(heap(id)) <= 800,
      })),
    };
  },
};
