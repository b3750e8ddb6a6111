import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Lab } from './lab/lab';
import { createPages } from './lab/pages';
import { createProcesses } from './lab/processes';
import { MEASURES, type MeasureId } from './measures/measures';
import { busyShare, BUSY, describeMachine } from './report/machine';
import { markdownOf, type Entry } from './report/markdown';
import { textOf } from './report/text';
import { versionsOf } from './report/versions';

interface Places {
  readonly root: string;
  /** Where the bundles are. */
  readonly out: string;
}

/** Runs the measures that are named, or all; all of them together, with nobody left out, write the report. */
export async function main(given: readonly string[], { root, out }: Places): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '5' }, only: { type: 'string' } },
  });
  const names = chosen(positionals);
  const only = values.only?.split(',');
  const rounds = Number(values.rounds);
  const machine = describeMachine();
  await using pages = await createPages(`${out}/page`);
  const lab: Lab = {
    rounds,
    takesPart: (id) => only?.includes(id) ?? true,
    ...createProcesses(out),
    openPage: pages.open,
    openInterpretedPage: pages.openInterpreted,
    log: (text) => console.error(`  ${text}`),
  };

  const busy: number[] = [];
  const entries: Entry[] = [];
  for (const name of names) {
    busy.push(await busyShare());
    entries.push(await run(name, lab));
  }
  const isBusy = Math.max(...busy) > BUSY;
  if (isBusy) console.error('The machine was not idle: times are not to be trusted.');
  if (positionals.length || only) return;
  const versions = versionsOf(root, pages.version);
  const circumstances = { date: new Date(), machine, versions, rounds, busy, isBusy };
  const page = join(root, 'docs/benchmarks.md');
  writeFileSync(page, markdownOf(entries, circumstances, readFileSync(join(root, 'bench/notes.md'), 'utf8')));
  execFileSync(process.execPath, [join(root, 'node_modules/oxfmt/bin/oxfmt'), page], { stdio: 'inherit' });
}

/** One that breaks does not take the others with it. */
async function run(name: MeasureId, lab: Lab): Promise<Entry> {
  const measure = MEASURES[name];
  const startedAt = performance.now();
  console.error(name);
  try {
    const finding = await measure.run(lab);
    console.log(`\n${measure.title}\n${textOf(finding)}`);
    return { name, measure, finding };
  } catch (error) {
    console.error(error);
    return { name, measure, finding: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    lab.log(`${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }
}

/** @throws {Error} that names what there is, for a name that there is not. */
function chosen(names: readonly string[]): readonly MeasureId[] {
  const all = Object.keys(MEASURES) as MeasureId[]; // its own keys
  const unknown = names.find((name) => !Object.hasOwn(MEASURES, name));
  if (unknown !== undefined) throw new Error(`There is no ${unknown}. There are: ${all.join(', ')}.`);
  return names.length ? all.filter((name) => names.includes(name)) : all;
}
