// After `stryker run`: writes the scores into docs/mutation.md, and compares the survivors with those it gives a reason for.
import { readFileSync, writeFileSync } from 'node:fs';

const REPORT = new URL('../../coverage/mutation.json', import.meta.url);
const PAGE = new URL('../../docs/mutation.md', import.meta.url);

const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];
const PARTS = ['machine', 'wire', 'runtime/queue', 'channel'];

const report = JSON.parse(readFileSync(REPORT, 'utf8'));
const mutants = Object.entries(report.files).flatMap(([path, { source, mutants }]) =>
  mutants.map((mutant) => ({ ...mutant, source, file: path.replace('packages/core/src/', '') })),
);

/** A mutant by what lasts longer than a line number: the code, what became of it, and the line it stands in. */
function quoteOf({ file, source, location: { start, end }, replacement }) {
  const line = source.split('\n')[start.line - 1] ?? '';
  const isWhole = start.line === end.line;
  const before = isWhole ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`;
  return `\`${file}\`: \`${before}\` → \`${replacement.replace(/\s+/g, ' ')}\` in \`${line.trim()}\``;
}

function scoreOf(name, some) {
  const count = (statuses) => some.filter(({ status }) => statuses.includes(status)).length;
  const [noticed, survived] = [count(DETECTED), count(UNDETECTED)];
  const broken = noticed + survived;
  return [name, broken, noticed, survived, `${((100 * noticed) / broken).toFixed(1)} %`].map(String);
}

/** The table as the formatter leaves it: names to the left, numbers to the right. */
function scoreTable() {
  const parts = PARTS.map((part) => {
    const inside = mutants.filter(({ file }) => file.startsWith(part));
    return scoreOf(`\`${part}\``, inside);
  });
  const rows = [['Part', 'Broken', 'Noticed', 'Survived', 'Score'], ...parts, scoreOf('all', mutants)];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const rule = widths.map((width, column) => (column ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const padded = rows.map((row) =>
    row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))),
  );
  const [head, ...body] = padded;
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What is in one list and not in the other; a quote may stand in each more than once. */
function missing(some, others) {
  const left = [...others];
  return some.filter((quote) => {
    const found = left.indexOf(quote);
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}

function say(title, quotes) {
  if (quotes.length) console.error(`\n${title}\n\n${quotes.map((quote) => `- ${quote}`).join('\n')}`);
}

const page = readFileSync(PAGE, 'utf8');
const table = scoreTable();
writeFileSync(
  PAGE,
  page.replace(/(<!-- scores -->\n)[^]*?(<!-- \/scores -->)/, (_, before, after) => `${before}\n${table}\n\n${after}`),
);
console.log(table);

const survivors = mutants.filter(({ status }) => UNDETECTED.includes(status)).map(quoteOf);
const explained = [...page.matchAll(/^- (`[\w/]+\.ts`: .*)$/gm)].map(([, quote]) => quote);
const unexplained = missing(survivors, explained);
const gone = missing(explained, survivors);
say('Survivors without a reason in docs/mutation.md:', unexplained);
say('In docs/mutation.md, and no survivors any more:', gone);
if (unexplained.length + gone.length) process.exitCode = 1;
