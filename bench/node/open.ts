import type { ParticipantId } from '../adapters/registry';
import { compareOpenings } from '../shared/openings';

/** The first openings compile and look up what later ones need not. */
const WARM_UP = 10;

export async function open(id: ParticipantId, { url, times }: { readonly url: string; readonly times: number }) {
  await compareOpenings(id, { url, times: WARM_UP });
  return compareOpenings(id, { url, times });
}
