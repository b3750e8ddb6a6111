// Writes the sizes in README.md and the packages' READMEs: min + gzip, bundled from the sources, so that no build is needed.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { BUDGETS } from './budgets.mjs';

const ROOT = new URL('../', import.meta.url);
export const PAGES = [
  'README.md',
  'packages/core/README.md',
  'packages/react/README.md',
  'packages/vue/README.md',
  'docs/drop-in.md',
];

/** What `budgets.mjs` lists, from `src` instead of `dist`. */
export const measure = async () => Object.fromEntries(await Promise.all(BUDGETS.map(measureOne)));

async function measureOne({ id, imports, external }) {
  const lines = Object.entries(imports).map(
    ([entry, names]) => `import ${names} from './${entry.replace('/', '/src/')}.ts'; console.log(${names});`,
  );
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: fileURLToPath(new URL('packages/', ROOT)) },
    conditions: ['tautline-source'],
    external,
    bundle: true,
    minify: true,
    treeShaking: true,
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return [id, gzipSync(outputFiles[0].contents, { level: 9 }).length / 1_000];
}

/** A figure is written as `<!-- size:core -->8.1 kB`. */
const FIGURE = /(<!-- size:([\w-]+) -->)(\d+\.\d) kB/g;

export const figuresIn = (text) =>
  [...text.matchAll(FIGURE)].map(([, , name, figure]) => ({ name, figure: Number(figure) }));

export const withFigures = (text, sizes) =>
  text.replace(FIGURE, (_, marker, name) => `${marker}${sizes[name].toFixed(1)} kB`);

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const sizes = await measure();
  for (const page of PAGES) {
    const file = new URL(page, ROOT);
    writeFileSync(file, withFigures(readFileSync(file, 'utf8'), sizes));
  }
  for (const [name, size] of Object.entries(sizes)) console.log(`${name.padEnd(14)} ${size.toFixed(2)} kB`);
}
