// Keeps the public API of each package in git, from its built types without comments, so that a change of it
// shows in review. `node scripts/api.mjs` writes it; with `--check` it only compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

const isCheck = process.argv.includes('--check');
const changed = readdirSync('packages').filter((name) => {
  const source = ts.createSourceFile(
    'api.ts',
    readFileSync(`packages/${name}/dist/index.d.ts`, 'utf8'),
    ts.ScriptTarget.ES2022,
  );
  const api = ts.createPrinter({ removeComments: true }).printFile(source);
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
