import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, ROOT } from './pages';

/** What the page says by itself and not as a claim: headings, and what a list or table opens with. */
const INTRODUCTIONS = [
  /^#/,
  /^\| (Attack|-)/,
  /:$/,
  /^Best first\.$/,
  /^What the client and/,
  /^A client may be connected/,
  /^Every \[limit\]/,
];

const page = read('docs/security.md');

/** Paragraphs, points of lists and rows of tables. */
const statements = page
  .split(/\n(?=\n|- |\d\. |\|)/)
  .map((text) => text.trim())
  .filter((text) => text && !INTRODUCTIONS.some((opening) => opening.test(text)));

const tests = [...page.matchAll(/<!-- test: (\S+) > (.+?) -->/g)].map(([, file = '', title = '']) => ({ file, title }));

describe('security.md', () => {
  it.each(tests)('$file has the test "$title"', ({ file, title }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    // As it is written there, in quotes of either kind.
    const written = [`'${title}'`, `"${title}"`, `'${title.replaceAll("'", "\\'")}'`];
    expect(written.some((each) => read(file).includes(each))).toBe(true);
  });

  it.each(statements)('names a test for each claim, or says that it is advice: %s', (statement) => {
    expect(statement).toMatch(/<!-- (advice|test: .+) -->/s);
  });
});
