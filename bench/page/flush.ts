import type { ParticipantId } from '../adapters/registry';
import { stopWatching, watchFrames } from './frames';
import { adapterOf, needed } from '../shared/adapterOf';
import { painted } from './stage';

/** The longest time between two animation frames while `count` messages go out that were queued before the line was up. */
export async function queueAndFlush(
  id: ParticipantId,
  { url, count }: { readonly url: string; readonly count: number },
): Promise<number> {
  const { connect } = await adapterOf(id);
  let isAnswered = () => {};
  const answered = new Promise<void>((resolve) => (isAnswered = resolve));
  const line = needed(connect)(
    { url, queued: count + 1 },
    { open() {}, message: (text) => text === 'pong' && isAnswered() },
  );
  for (let number = 0; number < count; number++) line.send(`${number} is the number of this message`);
  line.send('ping'); // when that is answered, everything before it has gone
  watchFrames(); // from here on: to queue them took the frame before
  await answered;
  await painted();
  line.close();
  return stopWatching();
}
