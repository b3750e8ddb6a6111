import type { ParticipantId } from '../adapters/registry';
import { heapInUse } from './heap';
import { StubWebSocket } from './stubWebSocket';
import { openLine } from './usableLine';

/** What a connected client that does nothing holds, in bytes, its socket included. */
export async function clients(id: ParticipantId, count: number): Promise<number> {
  const path = { url: 'ws://127.0.0.1/' };
  const kept = [await connected(id, path)]; // whatever is made once is not counted
  const before = await heapInUse();
  for (let client = 0; client < count; client++) kept.push(await connected(id, path));
  const after = await heapInUse();
  if (kept.length !== count + 1) throw new Error('Somebody was forgotten.');
  return (after - before) / count;
}

async function connected(id: ParticipantId, path: { url: string }) {
  const { line, isUsable } = await openLine(id, path);
  await StubWebSocket.open();
  await isUsable;
  return line;
}
