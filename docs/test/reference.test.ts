import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { DEFAULT_CLOSE_CODES } from '../../packages/core/src/wire/closeCodes';
import { optionsTables, PAGE } from '../../scripts/optionsTable.mjs';
import { figuresIn, measure, PAGES } from '../../scripts/readmeSizes.mjs';
import { blocksOf, cellsOf, pages, proseOf, read, ROOT, tableAfter, type Page } from './pages';

const page = (path: string): Page => {
  const found = pages().find((each) => each.path === path);
  if (!found) throw new Error(`There is no ${path}.`);
  return found;
};

describe('connection.md', () => {
  it.each(optionsTables())(
    'has the options of $name as options.ts has them (else run `pnpm docs:options`)',
    ({ name, rows }) => {
      const text = readFileSync(fileURLToPath(PAGE), 'utf8');
      const [, table = ''] = text.split(new RegExp(`<!-- /?${name} -->`));
      const written = table.trim().split('\n').slice(2).map(cellsOf);
      expect(written).toEqual(rows.map((row: string[]) => row.map((cell) => cell.replaceAll('`', ''))));
    },
  );

  it('has the state diagram of state.ts', () => {
    const [drawn] = blocksOf(page('docs/connection.md')).filter(({ language }) => language === 'mermaid');
    const ours = read('packages/core/src/machine/state.ts').matchAll(/^ \* (\w+) +--> (.+)$/gm);
    const expected = [...ours].flatMap(([, from, to = '']) => to.split(', ').map((each) => `${from} --> ${each}`));
    const edges = [...(drawn?.code ?? '').matchAll(/^ +(\w+ --> \w+)/gm)].map(([, edge]) => edge);
    expect(edges.filter((edge) => !edge?.endsWith(' disposed')).sort()).toEqual(
      expected.filter((edge) => !edge.endsWith(' disposed')).sort(),
    );
  });
});

describe('reconnect.md', () => {
  it('has the close codes of closeCodes.ts', () => {
    const written = tableAfter(page('docs/reconnect.md'), '## Close codes').flatMap(([codes = '', verdict]) =>
      codes.split(', ').map((code) => [code, verdict]),
    );
    const ours = Object.entries(DEFAULT_CLOSE_CODES);
    expect(written.filter(([code]) => Number(code)).sort()).toEqual(ours.sort());
  });
});

describe('errors.md', () => {
  it('has every code of errors.ts, and no other', () => {
    const written = [...proseOf(page('docs/errors.md')).matchAll(/^### `([\w-]+)`$/gm)].map(([, code]) => code);
    expect(written).toEqual(errorCodes().sort());
  });
});

describe('sizes', () => {
  it('are what the bundles have today, to 0.1 kB (else run `pnpm docs:sizes`)', async () => {
    const sizes = await measure();
    const figures = PAGES.flatMap((path) => figuresIn(read(path)).map((figure) => ({ path, ...figure })));
    expect([...new Set(figures.map(({ name }) => name))].sort()).toEqual(Object.keys(sizes).sort());
    for (const { path, name, figure } of figures) {
      expect(Math.abs(figure - sizes[name]), `${path}: ${name} is ${sizes[name].toFixed(2)} kB`).toBeLessThanOrEqual(
        0.1,
      );
    }
  }, 60_000);
});

/** The members of `TautlineErrorCode`, as the compiler sees them. */
function errorCodes(): string[] {
  const file = join(ROOT, 'packages/core/src/errors.ts');
  const program = ts.createProgram([file], { strict: true, noLib: false, types: [], skipLibCheck: true });
  const source = program.getSourceFile(file);
  const alias = source?.statements.find(
    (each) => ts.isTypeAliasDeclaration(each) && each.name.text === 'TautlineErrorCode',
  );
  if (!alias || !ts.isTypeAliasDeclaration(alias)) throw new Error('errors.ts has no TautlineErrorCode.');
  const type = program.getTypeChecker().getTypeAtLocation(alias.name);
  return type.isUnion() ? type.types.flatMap((each) => (each.isStringLiteral() ? [each.value] : [])) : [];
}
