import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, ROOT } from './pages';

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly scripts?: Record<string, string>;
}

const ALLOWED = [
  { name: 'core', dependencies: ['@standard-schema/spec'], peers: [] },
  { name: 'react', dependencies: ['@tautline/core'], peers: ['react'] },
  { name: 'vue', dependencies: ['@tautline/core'], peers: ['vue'] },
  { name: 'server', dependencies: ['ws'], peers: [] },
];

describe('what is installed with a package', () => {
  it.each(ALLOWED)('$name depends on nothing else', ({ name, dependencies, peers }) => {
    const manifest = JSON.parse(read(`packages/${name}/package.json`)) as Manifest; // ours
    expect(Object.keys(manifest.dependencies ?? {})).toEqual(dependencies);
    expect(Object.keys(manifest.peerDependencies ?? {})).toEqual(peers);
    expect(manifest.optionalDependencies).toBeUndefined();
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => /install|prepare/.test(script))).toEqual([]);
  });

  it.each(ALLOWED)('$name imports nothing else', ({ name, dependencies, peers }) => {
    const imported = sourcesOf(`packages/${name}/src`).flatMap((text) =>
      [...text.matchAll(/^(?:import|export)\s(type\s)?[^;]*?from '([^'.][^']*)'/gm)].map(([, type, from = '']) => ({
        isType: !!type,
        from: from.startsWith('@') ? from.split('/', 2).join('/') : from,
      })),
    );
    const others = imported.filter(
      ({ from }) => ![...dependencies, ...peers].includes(from) && !from.startsWith('node:'),
    );
    expect(others).toEqual([]);
    expect(imported.filter(({ from, isType }) => from === '@standard-schema/spec' && !isType)).toEqual([]);
  });
});

describe('workflows', () => {
  const workflows = readdirSync(join(ROOT, '.github/workflows')).map((file) => ({
    file,
    text: read(`.github/workflows/${file}`),
  }));

  it.each(workflows)('$file may only read, unless a job says more', ({ text }) => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
    expect(text).not.toMatch(/pull_request_target|write-all/);
  });

  it.each(workflows)('$file uses actions of GitHub alone, pinned by hash, which keep no credentials', ({ text }) => {
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(actions.filter((action) => !action?.startsWith('actions/'))).toEqual([]);
    expect(actions.filter((action) => !/@[0-9a-f]{40}$/.test(action ?? ''))).toEqual([]); // a tag may be moved
    const checkouts = text.split('actions/checkout@').slice(1);
    for (const after of checkouts) expect(after.split('- ')[0]).toContain('persist-credentials: false');
  });

  it('known holes in what is installed fail the build', () => {
    expect(read('.github/workflows/ci.yml')).toMatch(/run: npx pnpm audit --prod/);
  });

  it('packages are published with their provenance, by a job that may do nothing else', () => {
    const text = read('.github/workflows/release.yml');
    expect(text).toMatch(/publish .*--provenance/);
    expect(text).not.toContain('secrets.');
    expect(text).toMatch(/ {4}permissions:\n {6}contents: read\n {6}id-token: write.*\n {4}\w/);
  });
});

const sourcesOf = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));
