// `pnpm bench`: everything; `pnpm bench burst tiles`: some; `--rounds 3`: other than five. Says what it finds as it goes.
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'node_modules/.cache/tautline-bench');

/** The packages are taken from their sources, since what is built may be older; everybody runs in production mode. */
const shared = {
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  logLevel: 'error',
  conditions: ['tautline-source'],
};

rmSync(OUT, { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: ['main.ts', 'node/node.ts', 'server/server.ts'].map((entry) => join(ROOT, 'bench', entry)),
  outdir: OUT,
  outbase: join(ROOT, 'bench'),
  platform: 'node',
  plugins: [{ name: 'others', setup: leaveOthers }],
});
await build({
  ...shared,
  entryPoints: [join(ROOT, 'bench/page/page.ts')],
  outdir: join(OUT, 'page'),
  platform: 'browser',
  minify: true,
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
});

process.once('SIGTERM', () => process.exit(143)); // ends the browser too
const { main } = await import(pathToFileURL(join(OUT, 'main.js')).href);
await main(process.argv.slice(2), { root: ROOT, out: OUT });
process.exit(); // a process of ours that hangs holds nobody up

/** In Node only our own sources are bundled: what is installed runs as it is, and a script that asks where it lies is left there. */
function leaveOthers({ onResolve }) {
  onResolve({ filter: /scripts\/\w+\.mjs$/ }, ({ path }) => ({
    path: pathToFileURL(join(ROOT, 'scripts', basename(path))).href,
    external: true,
  }));
  onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
    kind === 'entry-point' || path.startsWith('@tautline/') ? undefined : { path, external: true },
  );
}
