// Packs each package as npm would receive it, and lets publint and attw look at the tarball.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (command, args, cwd = '.') =>
  execFileSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });

for (const name of readdirSync('packages')) {
  const folder = mkdtempSync(join(tmpdir(), 'tautline-'));
  try {
    run('pnpm', ['pack', '--pack-destination', folder], join('packages', name));
    const tarball = join(folder, readdirSync(folder)[0]);
    run('pnpm', ['exec', 'publint', '--strict', tarball]);
    run('pnpm', ['exec', 'attw', tarball, '--profile', 'node16']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
