import type { Adapter } from '../adapters/adapter';
import type { ParticipantId } from '../adapters/registry';
import { adapterOf, needed } from './adapterOf';

/** How long a connection takes to open, in milliseconds, in turns: once with nothing, once with the participant. */
export async function compareOpenings(
  id: ParticipantId,
  { url, times }: { readonly url: string; readonly times: number },
): Promise<{ readonly raw: number[]; readonly own: number[] }> {
  const [raw, own] = await Promise.all([adapterOf('raw'), adapterOf(id)]);
  const took = { raw: [] as number[], own: [] as number[] };
  for (let time = 0; time < times; time++) {
    const isOwnFirst = time % 2 === 0;
    if (isOwnFirst) took.own.push(await opening(needed(own.connect), url));
    took.raw.push(await opening(needed(raw.connect), url));
    if (!isOwnFirst) took.own.push(await opening(needed(own.connect), url));
  }
  return took;
}

type Connect = NonNullable<Adapter['connect']>;

async function opening(connect: Connect, url: string): Promise<number> {
  const startedAt = performance.now();
  let close = () => {};
  const duration = await new Promise<number>((resolve) => {
    ({ close } = connect({ url }, { open: () => resolve(performance.now() - startedAt), message() {} }));
  });
  close();
  await new Promise((resolve) => setTimeout(resolve, 1)); // the closing does not reach into the next one
  return duration;
}
