// Writes the tables of options in docs/connection.md from the docstrings of packages/core/src/options.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const SOURCE = new URL('../packages/core/src/options.ts', import.meta.url);
export const PAGE = new URL('../docs/connection.md', import.meta.url);

/** Each interface, and what its options are called on the page. */
const GROUPS = {
  ConnectionOptions: '',
  ReconnectOptions: 'reconnect.',
  HeartbeatOptions: 'heartbeat.',
  QueueOptions: 'queue.',
  LifecycleOptions: 'lifecycle.',
};

/** The tables by interface, as rows of cells. */
export function optionsTables() {
  const source = ts.createSourceFile('options.ts', readFileSync(SOURCE, 'utf8'), ts.ScriptTarget.Latest, true);
  const interfaces = source.statements.filter(ts.isInterfaceDeclaration);
  return Object.entries(GROUPS).map(([name, prefix]) => {
    const declaration = interfaces.find((each) => each.name.text === name);
    if (!declaration) throw new Error(`options.ts has no interface ${name}.`);
    return { name, rows: declaration.members.map((member) => row(member, prefix)) };
  });
}

function row(member, prefix) {
  const option = prefix + member.name.getText();
  const doc = ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc);
  if (!doc) throw new Error(`${option} has no docstring.`);
  const tag = doc.tags?.find(({ tagName }) => tagName.text === 'default');
  const absent = member.questionToken ? 'none' : 'required';
  const standard = tag ? toDefault(ts.getTextOfJSDocComment(tag.comment)) : absent;
  const meaning = ts.getTextOfJSDocComment(doc.comment) ?? '';
  return [`\`${option}\``, standard, meaning.replace(/\s*\n\s*/g, ' ')].map(escapePipes);
}

/** A value is code; words are not, and another page is a link. */
function toDefault(text) {
  if (/^[\w'.]+$/.test(text) && !/^(none|off|on|bounded)$/.test(text)) return `\`${text}\``;
  return text.replace(/docs\/(\w+\.md)/, '[$1]($1)');
}
const escapePipes = (cell) => cell.replaceAll('|', '\\|');

/** The page with its tables replaced. Each stands between two comments that name its interface. */
export function withTables(page) {
  return optionsTables().reduce((text, { name, rows }) => {
    const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!between.test(text)) throw new Error(`docs/connection.md has no place for ${name}.`);
    const lines = [['Option', 'Default', 'Meaning'], ['---', '---', '---'], ...rows];
    const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    return text.replace(between, (_, before, after) => `${before}\n${table}\n\n${after}`);
  }, page);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));
}
