import type { ParticipantId } from '../adapters/registry';
import { adapterOf, needed } from '../shared/adapterOf';
import { eventually } from './stage';

let opened: number[] = [];

/** Opens a line that asks every `interval` milliseconds whether the server is there, and gives it `timeout` to answer. */
export async function openLine(
  id: ParticipantId,
  { url, interval, timeout }: { readonly url: string; readonly interval: number; readonly timeout: number },
): Promise<void> {
  const { connect } = await adapterOf(id);
  opened = [];
  const open = () => opened.push(performance.timeOrigin + performance.now());
  needed(connect)({ url, heartbeat: { interval, timeout } }, { open, message() {} });
  await eventually(() => opened.length > 0, 5_000);
}

/** When the line was open again, in milliseconds since the epoch; `null` if it was not in `patience` milliseconds. */
export async function reopened(patience: number): Promise<number | null> {
  await eventually(() => opened.length > 1, patience);
  return opened[1] ?? null;
}
