// Proves the templates as a stranger would use them: outside of this repository, with the packages as npm would get them.
// Packs, installs, builds, and lets the tests look. With `--lockfile` it only writes the lockfile anew.
import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TEMPLATES = 'examples/templates';
const PACKAGES = ['core', 'react', 'vue'];
const GENERATED = /(^|[\\/])(node_modules|dist|\.next|\.nuxt|\.output)$/;

const root = mkdtempSync(join(tmpdir(), 'tautline-templates-'));
const workspace = join(root, TEMPLATES);
const quiet = { NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' };

try {
  cpSync(TEMPLATES, workspace, { recursive: true, filter: (path) => !GENERATED.test(path) });
  await Promise.all(PACKAGES.map(unpack));
  if (process.argv.includes('--lockfile')) {
    await run('pnpm', ['install', '--no-frozen-lockfile', '--lockfile-only'], workspace);
    copyFileSync(join(workspace, 'pnpm-lock.yaml'), join(TEMPLATES, 'pnpm-lock.yaml'));
  } else {
    await install();
    await run('pnpm', ['-r', '--workspace-concurrency=2', 'run', 'build'], workspace);
    await run('pnpm', ['exec', 'vitest', 'run', '--config', 'test/templates/vitest.config.ts'], '.');
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}

/** What npm would receive, in the place that the lockfile names. */
async function unpack(name) {
  const packed = join(root, 'packed', name);
  const target = join(root, 'packages', name);
  for (const folder of [packed, target]) mkdirSync(folder, { recursive: true });
  await run('pnpm', ['pack', '--silent', '--pack-destination', packed], join('packages', name));
  await run('tar', ['-xf', join(packed, readdirSync(packed)[0]), '-C', target, '--strip-components=1'], '.');
}

async function install() {
  try {
    await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], workspace);
  } catch (error) {
    const remedy =
      'The templates could not be installed. Can the npm registry be reached? If a package.json of theirs changed, run ' +
      '`pnpm templates --lockfile` and commit the lockfile.';
    throw new Error(`${error.message}\n${remedy}`);
  }
}

function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...quiet, TAUTLINE_TEMPLATES: workspace };
    const child = spawn(command, args, { cwd, env, stdio: 'inherit', shell: process.platform === 'win32' });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`\`${[command, ...args].join(' ')}\` ended with code ${code}.`)),
    );
  });
}
