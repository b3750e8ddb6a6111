import { parseArgs } from 'node:util';
import type { Lab } from './lab/lab';
import { createPages } from './lab/pages';
import { createProcesses } from './lab/processes';
import { MEASURES, type MeasureId } from './measures/measures';
import { textOf } from './report/text';

/** Told on the command line. */
export async function main(
  given: readonly string[],
  { out }: { readonly root: string; readonly out: string },
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '5' }, only: { type: 'string' } },
  });
  const measures = chosen(positionals, MEASURES, Object.keys(MEASURES) as MeasureId[]); // its own keys
  const only = values.only?.split(',');
  await using pages = await createPages(`${out}/page`);
  const lab: Lab = {
    rounds: Number(values.rounds),
    takesPart: (id) => only?.includes(id) ?? true,
    ...createProcesses(out),
    openPage: pages.open,
    log: (text) => console.error(`  ${text}`),
  };
  for (const name of measures) {
    console.error(name);
    console.log(textOf(await MEASURES[name].run(lab)));
  }
}

/** @throws {Error} that names what there is, for a name that there is not. */
function chosen<T extends string>(
  names: readonly string[],
  known: Record<T, unknown>,
  all: readonly T[],
): readonly T[] {
  for (const name of names) {
    if (!Object.hasOwn(known, name)) throw new Error(`There is no ${name}. There are: ${all.join(', ')}.`);
  }
  return names.length ? all.filter((name) => names.includes(name)) : all;
}
