import type { Adapter } from '../adapters/adapter';
import { participantOf, type ParticipantId } from '../adapters/registry';

export const adapterOf = async (id: ParticipantId): Promise<Adapter> => (await participantOf(id).load()).adapter;

/** A part that the measure needs and this adapter must have. */
export function needed<T>(part: T | undefined): T {
  if (!part) throw new Error('The adapter lacks what this measure needs.');
  return part;
}
