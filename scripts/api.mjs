// Keeps the public API of each package in git, from its built types without comments, so that a change of it
// shows in review. `node scripts/api.mjs` writes it; with `--check` it only compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const isCheck = process.argv.includes('--check');
const printer = ts.createPrinter({ removeComments: true });

/** What several entries share is in files of their own, named by a hash, under names of one letter. */
const isShared = (file) => /-[\w-]{8}\.d\.ts$/.test(file);

function apiOf(folder) {
  const files = readdirSync(folder, { recursive: true }).map((file) => file.replaceAll('\\', '/'));
  const types = files.filter((file) => file.endsWith('.d.ts')).sort();
  const entries = types.filter((file) => !isShared(file));
  const shared = types.filter(isShared).flatMap((file) => declarationsOf(join(folder, file)));
  const sections = entries.map((file) => [
    `// ${file}`,
    ...declarationsOf(join(folder, file)),
    exportsOf(join(folder, file)),
  ]);
  return `${[...shared.sort(), ...sections.flat()].join('\n')}\n`;
}

const statementsOf = (file) => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  return { source, statements: [...source.statements] };
};

function declarationsOf(file) {
  const { source, statements } = statementsOf(file);
  const isOurs = (statement) => {
    if (ts.isExportDeclaration(statement)) return false;
    return !ts.isImportDeclaration(statement) || !statement.moduleSpecifier.text.startsWith('.');
  };
  return statements.filter(isOurs).map((each) => printer.printNode(ts.EmitHint.Unspecified, each, source));
}

function exportsOf(file) {
  const names = statementsOf(file)
    .statements.filter(ts.isExportDeclaration)
    .flatMap(({ exportClause, isTypeOnly }) =>
      exportClause.elements.map((each) => `${isTypeOnly || each.isTypeOnly ? 'type ' : ''}${each.name.text}`),
    );
  return `export { ${names.sort().join(', ')} };`;
}

const changed = readdirSync('packages').filter((name) => {
  const api = apiOf(`packages/${name}/dist`);
  const file = `packages/${name}/api.txt`;
  const isSame = (isCheck ? readFileSync(file, 'utf8') : api) === api;
  if (!isCheck) writeFileSync(file, api);
  return !isSame;
});
if (changed.length) {
  console.error(
    `The public API of ${changed.join(', ')} changed. If that is meant: pnpm api, look at the difference, commit it.`,
  );
  process.exit(1);
}
