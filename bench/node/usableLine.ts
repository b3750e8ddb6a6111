import type { Line, LinePath } from '../adapters/adapter';
import { participantOf, type ParticipantId } from '../adapters/registry';
import { adapterOf, needed } from '../shared/adapterOf';

/** A line, and a promise that it can be used: open, and its room joined where there is one. */
export async function openLine(id: ParticipantId, path: LinePath): Promise<{ line: Line; isUsable: Promise<void> }> {
  const { connect } = await adapterOf(id);
  const hasRooms = participantOf(id).rooms;
  let usable = () => {};
  const isUsable = new Promise<void>((resolve) => (usable = resolve));
  const line = needed(connect)(path, { open: () => hasRooms || usable(), ready: () => usable(), message() {} });
  return { line, isUsable };
}
