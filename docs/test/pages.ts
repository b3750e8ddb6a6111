import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Page {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Block {
  readonly page: string;
  /** Of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** What follows the language: `continues` builds on the block before it of the same language, `file=...` repeats a file. */
  readonly info: string;
  readonly code: string;
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8').replaceAll('\r\n', '\n');

/** Everything a reader sees: the README files and what is in docs/. */
export function pages(): Page[] {
  const inDocs = ['docs', 'docs/decisions'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => posix.join(folder, name)),
  );
  const readmes = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/README.md`);
  const templates = readdirSync(join(ROOT, 'examples/templates')).map((name) => `examples/templates/${name}/README.md`);
  return ['README.md', 'CONTRIBUTING.md', 'examples/README.md', ...templates, ...readmes, ...inDocs]
    .filter((path) => path.endsWith('.md') && existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: read(path) }));
}

export function blocksOf({ path, text }: Page): Block[] {
  const blocks: Block[] = [];
  const fence = /^```(\w+)(.*)\n([^]*?)^```$/gm;
  for (const { index, 1: language = '', 2: info = '', 3: code = '' } of text.matchAll(fence)) {
    blocks.push({ page: path, line: text.slice(0, index).split('\n').length, language, info: info.trim(), code });
  }
  return blocks;
}

/** The text without its code, in which nothing is a link or a heading. */
export const proseOf = ({ text }: Page): string => text.replace(/^```[^]*?^```$/gm, '');

/** The names under which GitHub links to the headings of a page. */
export function anchorsOf(page: Page): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count ? `${slug}-${count}` : slug;
  });
}

/** The rows of the first table after a heading, as cells without code marks. */
export function tableAfter(page: Page, heading: string): string[][] {
  const [, section = ''] = page.text.split(`\n${heading}\n`);
  const lines = section.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start + 2, length < 0 ? undefined : start + length).map(cellsOf);
}

/** Column widths are the formatter's business. */
export const cellsOf = (row: string): string[] =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));
