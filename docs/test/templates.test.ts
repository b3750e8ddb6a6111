import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read, ROOT } from './pages';

const FOLDER = 'examples/templates';
const names = readdirSync(join(ROOT, FOLDER), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && entry.name !== 'node_modules' ? [entry.name] : [],
);
const STYLE = { 'vite-react': 'src/style.css', next: 'app/style.css', nuxt: 'app/style.css' };

/** Each is copied alone, so it repeats what all of them need. `pnpm templates` proves that they work. */
describe.each(names)('the template %s', (name) => {
  test('names the packages in the version that is here', () => {
    const { dependencies } = JSON.parse(read(`${FOLDER}/${name}/package.json`)) as Manifest; // ours
    const ours = Object.entries(dependencies).filter(([dependency]) => dependency.startsWith('@tautline/'));
    expect(ours).toHaveLength(1);
    for (const [dependency, range] of ours) {
      const { version } = JSON.parse(read(`${dependency.replace('@tautline/', 'packages/')}/package.json`)) as Manifest; // ours
      expect(range).toBe(`^${version}`);
    }
  });

  test('has the same server to develop against, and looks the same', () => {
    expect(read(`${FOLDER}/${name}/live.mjs`)).toBe(read(`${FOLDER}/next/live.mjs`));
    expect(read(`${FOLDER}/${name}/${STYLE[name as keyof typeof STYLE]}`)).toBe(read(`${FOLDER}/next/${STYLE.next}`)); // one of them
  });
});

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}
