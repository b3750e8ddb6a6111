import { participantOf, type ParticipantId } from '../adapters/registry';
import type { Lab, Measure } from '../lab/lab';
import { known, ofMeasured, rowsOf } from '../lab/rounds';
import { spread } from '../lab/statistics';

const HEARTBEAT = { interval: 2_000, timeout: 1_000 };
/** For the new connection, in milliseconds. */
const PATIENCE = 8_000;

export const frozen: Measure = {
  title: 'A frozen path',
  what: 'Chromium, a heartbeat every 2 s that is to be answered within 1 s, each set the way the library has it. The path lets nothing through from some moment on, without closing; new connections are served. Seconds until the new one is open; `>` where there was none in 8 s. partysocket and reconnecting-websocket have no heartbeat.',

  async run(lab) {
    const all: readonly ParticipantId[] = [
      'tautline',
      'reactUseWebsocket',
      'vueuse',
      'phoenix',
      'centrifuge',
      'socketIo',
      'pusher',
    ];
    const participants = all.filter(lab.takesPart);
    // They mostly wait: all at once.
    const rounds = Array.from({ length: lab.rounds }, (_, round) => round);
    const found = new Map<ParticipantId, number[]>();
    for (const round of rounds) {
      await Promise.all(
        participants.map(async (id) => {
          const seconds = await freeze(lab, id, round).catch(
            (error: unknown) => void lab.log(`${id}: ${String(error)}`),
          );
          if (seconds !== undefined) found.set(id, [...(found.get(id) ?? []), seconds]);
        }),
      );
      lab.log(`round ${round + 1} of ${lab.rounds}`);
    }
    const samples = new Map(participants.map((id) => [id, found.get(id) ?? []]));
    return {
      columns: ['s until connected again'],
      rows: rowsOf(samples, (id) => [textOf(known(samples, id, (sample) => sample))]),
      goals: ofMeasured(samples, ['tautline'], (id) => ({
        goal: '<= 3.3 s, always',
        figure: `${textOf(known(samples, id, (sample) => sample))} s`,
        isMet: Math.max(...known(samples, id, (sample) => sample)) <= 3.3,
      })),
    };
  },
};

const textOf = (seconds: readonly number[]) =>
  seconds.length && seconds.every((one) => one === Infinity) ? `> ${PATIENCE / 1_000}` : spread(seconds, 1);

/** In seconds, from the freeze to the new connection; `Infinity` when there was none. */
async function freeze(lab: Lab, id: ParticipantId, round: number): Promise<number> {
  await using server = await lab.serve({ dialect: participantOf(id).dialect, isFragile: true, heartbeat: HEARTBEAT });
  await using opened = await lab.openPage();
  await opened.run(([id, given]) => window.bench.openLine(id, given), [id, { url: server.url, ...HEARTBEAT }] as const);
  // At another point between two heartbeats in each round.
  await opened.run((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)), 2_200 + round * 400);
  const frozenAt = Date.now();
  await server.ask({ type: 'freeze' });
  const reopenedAt = await opened.run((patience) => window.bench.reopened(patience), PATIENCE);
  return reopenedAt === null ? Infinity : (reopenedAt - frozenAt) / 1_000;
}
