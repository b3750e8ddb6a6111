import { expect, it } from 'vitest';
import { EXAMPLES } from './examples';
import { sourceOf } from './source';

it.each(EXAMPLES.flatMap(({ read }) => read))('can show %s', async (path) => {
  expect((await sourceOf(path)).length).toBeGreaterThan(100);
});

it('says which file it does not have', async () => {
  await expect(sourceOf('start/src/nothing.ts')).rejects.toThrow('start/src/nothing.ts');
});
