import type { Finding, Measure } from '../lab/lab';

/** A measure and what became of it. */
export interface Entry {
  readonly name: string;
  readonly measure: Measure;
  readonly finding: Finding | Error;
}

export interface Circumstances {
  readonly date: Date;
  readonly machine: string;
  readonly versions: ReadonlyMap<string, string>;
  readonly rounds: number;
  /** The shares of the processors that others used before each measure, from 0 to 1. */
  readonly busy: readonly number[];
  readonly isBusy: boolean;
}

/** The page: what was aimed at and what was found, and below it each measure. */
export function markdownOf(entries: readonly Entry[], circumstances: Circumstances, notes: string): string {
  return [
    '# Benchmarks',
    INTRODUCTION,
    circumstancesOf(circumstances),
    '## Goals',
    table(
      ['measure', 'goal', 'found', ''],
      entries.flatMap(({ measure, finding }) =>
        finding instanceof Error
          ? [[link(measure), '', `did not run: ${finding.message}`, '**missed**']]
          : finding.goals.map(({ goal, figure, isMet }) => [link(measure), goal, figure, isMet ? 'met' : '**missed**']),
      ),
    ),
    notes.trim(),
    '## Measures',
    ...entries.flatMap(({ name, measure, finding }) => [
      `### ${measure.title}`,
      `\`pnpm bench ${name}\`. ${measure.what}`,
      ...(finding instanceof Error ? [] : [tableOf(finding)]),
    ]),
    '',
  ].join('\n\n');
}

const INTRODUCTION =
  'Written by `pnpm bench`, which measures Tautline beside its peers in one run, each used the way its documentation says: ' +
  'see [the adapters](../bench/adapters), one small file for each library. Everything runs from production bundles; Tautline from its sources. ' +
  'Figures are the median of all rounds, and in brackets the smallest and the largest. Ratios are made inside a round, and the order rotates. ' +
  'The server is a process of its own, and nobody has the browser report what goes over its lines ([why](decisions/0017-measured-without-playwright.md)). CPU is the time for which the page’s main thread was on a processor, layout and painting included. ' +
  'What a participant claims to have received or shown is counted: who loses messages is marked with how many.';

function circumstancesOf({ date, machine, versions, rounds, busy, isBusy }: Circumstances): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const others = `Others used ${percent(Math.min(...busy))} to ${percent(Math.max(...busy))} of the processors when a measure began`;
  return [
    `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}. ${machine}.`,
    `${others}${isBusy ? ': **the machine was not idle, times are not to be trusted**' : ''}.`,
    `Versions: ${[...versions].map(([name, version]) => `${name} ${version}`).join(', ')}.`,
  ].join(' ');
}

/** As the headings are called in a link. */
const link = ({ title }: Measure) =>
  `[${title}](#${title
    .toLowerCase()
    .replace(/[^\p{L}\d\s-]/gu, '')
    .replace(/\s/g, '-')})`;

const tableOf = ({ columns, rows }: Finding) =>
  table(
    ['', ...columns],
    rows.map(({ name, kind, cells }) => [kind === 'tautline' ? `**${name}**` : name, ...cells]),
  );

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
