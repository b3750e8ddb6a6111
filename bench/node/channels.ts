import type { ParticipantId } from '../adapters/registry';
import { topicsOf } from '../server/orders';
import { adapterOf, needed } from '../shared/adapterOf';
import { heapInUse } from './heap';
import type { ChannelsResult } from './orders';

export async function channels(
  id: ParticipantId,
  { url, count }: { readonly url: string; readonly count: number },
): Promise<ChannelsResult> {
  const join = needed((await adapterOf(id)).channels);
  const joined = (topics: readonly string[]) =>
    new Promise<{ close(): void }>((resolve) => {
      const line = join({ url, topics }, { joined: () => queueMicrotask(() => resolve(line)), value() {} });
    });
  (await joined(['warm', 'up'])).close();
  const topics = topicsOf(count);
  const before = await heapInUse();
  const start = process.cpuUsage();
  const line = await joined(topics);
  const { user, system } = process.cpuUsage(start);
  const after = await heapInUse();
  line.close();
  return { heap: (after - before) / count, cpu: (user + system) / 1_000 };
}
