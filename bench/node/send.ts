import { setImmediate } from 'node:timers/promises';
import type { ParticipantId } from '../adapters/registry';
import { StubWebSocket } from './stubWebSocket';
import { openLine } from './usableLine';

const REPEATS = 7;

/** What it costs to send a string, in microseconds: the fastest of several times `count`, since everything else only adds. */
export async function send(id: ParticipantId, count: number): Promise<number> {
  const { line, isUsable } = await openLine(id, { url: 'ws://127.0.0.1/' });
  await StubWebSocket.open();
  await isUsable;
  await setImmediate();

  let fastest = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const before = StubWebSocket.sent;
    const startedAt = performance.now();
    for (let number = 0; number < count; number++) line.send('the quick brown fox jumps over the lazy dog');
    const took = performance.now() - startedAt;
    const sent = StubWebSocket.sent - before;
    if (sent !== count) throw new Error(`${sent} of ${count} were sent.`);
    fastest = Math.min(fastest, (took * 1_000) / count);
    await setImmediate();
  }
  return fastest;
}
