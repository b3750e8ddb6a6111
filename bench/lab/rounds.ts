import { participantOf, type ParticipantId } from '../adapters/registry';
import type { Lab, Row } from './lab';

/** What was measured of each participant, by round; `undefined` where it failed. */
export type Samples<T> = Map<ParticipantId, (T | undefined)[]>;

/** Measures everybody once a round, in an order that rotates, so that nobody is always first on a warm machine. */
export async function inRounds<T>(
  lab: Lab,
  all: readonly ParticipantId[],
  measure: (id: ParticipantId, round: number) => Promise<T>,
): Promise<Samples<T>> {
  const ids = all.filter(lab.takesPart);
  const samples: Samples<T> = new Map(ids.map((id) => [id, []]));
  for (let round = 0; round < lab.rounds; round++) {
    for (let turn = 0; turn < ids.length; turn++) {
      const id = ids[(turn + round) % ids.length] ?? 'raw';
      samples
        .get(id)
        ?.push(await measure(id, round).catch((error: unknown) => void lab.log(`${id}: ${String(error)}`)));
    }
    lab.log(`round ${round + 1} of ${lab.rounds}`);
  }
  return samples;
}

/** One figure of each sample. */
export const each = <T>(
  samples: Samples<T>,
  id: ParticipantId,
  figure: (sample: T) => number,
): (number | undefined)[] =>
  (samples.get(id) ?? []).map((sample) => (sample === undefined ? undefined : figure(sample)));

/** The same without the rounds that failed. */
export const known = <T>(samples: Samples<T>, id: ParticipantId, figure: (sample: T) => number): number[] =>
  each(samples, id, figure).filter((value) => value !== undefined);

/** A row for each participant. */
export const rowsOf = <T>(samples: Samples<T>, cells: (id: ParticipantId) => readonly string[]): Row[] =>
  [...samples.keys()].map((id) => {
    const { name, kind } = participantOf(id);
    return { name, kind, cells: cells(id) };
  });

/** What is said of those among `ids` that were measured. */
export const ofMeasured = <T, R>(
  samples: Samples<T>,
  ids: readonly ParticipantId[],
  say: (id: ParticipantId) => R,
): R[] => ids.filter((id) => samples.get(id)?.some((sample) => sample !== undefined)).map(say);
