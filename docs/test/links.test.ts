import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { anchorsOf, pages, proseOf, ROOT } from './pages';

const all = pages();

it('every link within the repository leads somewhere', () => {
  const broken = all.flatMap((page) =>
    [...proseOf(page).matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^https?:/.test(target) && !resolves(page.path, target))
      .map((target) => `${page.path}: ${target}`),
  );
  expect(broken).toEqual([]);
});

it('every page in docs/ can be reached from the README', () => {
  const reached = new Set<string>();
  const visit = (path: string) => {
    const page = all.find((each) => each.path === path);
    if (!page || reached.has(path)) return;
    reached.add(path);
    for (const [, target = ''] of proseOf(page).matchAll(/\]\(([^)#\s]+)/g))
      visit(posix.join(posix.dirname(path), target));
  };
  visit('README.md');
  const guides = all.map(({ path }) => path).filter((path) => /^docs\/[^/]+\.md$/.test(path));
  expect(guides.filter((path) => !reached.has(path))).toEqual([]);
});

function resolves(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file ? posix.join(posix.dirname(from), file) : from;
  if (!existsSync(join(ROOT, path))) return false;
  const page = all.find((each) => each.path === path);
  return anchor === undefined || (page !== undefined && anchorsOf(page).includes(anchor));
}
