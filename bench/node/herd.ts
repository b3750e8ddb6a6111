import { setTimeout } from 'node:timers/promises';
import type { ParticipantId } from '../adapters/registry';
import { adapterOf, needed } from '../shared/adapterOf';
import type { HerdResult } from './orders';

/** How long all may take to come back from when they are cut, in milliseconds: 40 s from when the server is back. */
const PATIENCE = 50_000;
/** How many connect at once to begin with. */
const BATCH = 50;

/** Connects many; once told to, waits until all were open a second time. */
export async function herd(
  id: ParticipantId,
  { url, count }: { readonly url: string; readonly count: number },
): Promise<HerdResult> {
  const connect = needed((await adapterOf(id)).connect);
  const opened = Array.from({ length: count }, () => 0);
  const reopened: number[] = [];
  let connected = 0;
  for (let client = 0; client < count; client++) {
    const open = () => {
      opened[client] = (opened[client] ?? 0) + 1;
      if (opened[client] === 1) connected++;
      if (opened[client] === 2) reopened.push(performance.timeOrigin + performance.now());
    };
    connect({ url }, { open, message() {} });
    while (connected < client - BATCH) await setTimeout(5);
  }
  while (connected < count) await setTimeout(5);
  const told = new Promise<void>((resolve) => process.once('message', () => resolve()));
  process.send?.({ connected });
  await told;
  const deadline = performance.now() + PATIENCE;
  while (reopened.length < count && performance.now() < deadline) await setTimeout(20);
  return { reopened };
}
