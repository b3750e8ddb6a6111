import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { ParticipantId } from '../adapters/registry';
import type { QueueResult } from './orders';
import { StubWebSocket } from './stubWebSocket';
import { openLine } from './usableLine';

const REPEATS = 3;
/** In every message. */
const MARK = 'of those that wait';

/** Messages given to a line that is not up yet, and then it is: the fastest of several times each, since everything else only adds. */
export async function queue(id: ParticipantId, count: number): Promise<QueueResult> {
  const results: QueueResult[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) results.push(await cycle(id, count));
  return {
    queued: Math.min(...results.map(({ queued }) => queued)),
    flushed: Math.min(...results.map(({ flushed }) => flushed)),
    isWhole: results.every(({ isWhole }) => isWhole),
  };
}

async function cycle(id: ParticipantId, count: number): Promise<QueueResult> {
  const { line } = await openLine(id, { url: 'ws://127.0.0.1/', queued: count });
  await setImmediate(); // hooks have their effects later
  await setImmediate();
  const messages = Array.from({ length: count }, (_, number) => `message ${number} ${MARK}`);
  const startedAt = performance.now();
  for (const message of messages) line.send(message);
  const queued = performance.now() - startedAt;

  const received: unknown[] = (StubWebSocket.received = []);
  const before = performance.eventLoopUtilization();
  await StubWebSocket.open();
  const last = messages.at(-1) ?? MARK;
  while (!String(received.at(-1)).includes(last)) await setImmediate();
  const { active } = performance.eventLoopUtilization(before);
  line.close();
  const ours = received.flatMap((data) => String(data).split('\n')).filter((data) => data.includes(MARK));
  const isWhole = ours.length === count && ours.every((data, at) => data.includes(messages[at] ?? MARK));
  return { queued: (queued * 1_000) / count, flushed: (active * 1_000) / count, isWhole };
}
