import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPage, type TestPage } from '../support/browser';
import { launchForCharts, openDock, PATIENCE, startDemo, type Demo, type Site } from './dashboard';
import { focusProblems, overflow, violations } from './inspectPage';
import { MOMENTS } from './moments';

/** Where the pictures go; `pnpm screenshots` takes them on to docs/screenshots. */
const PICTURES = new URL('../../node_modules/.cache/screenshots/', import.meta.url).pathname;
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

interface Sight {
  readonly name: string;
  readonly folder: Site;
  readonly hash: string;
  /** Brings the page to where it shows what it can. */
  readonly settle: (page: Page) => Promise<void>;
}

const until = (page: Page, selector: string, text: RegExp) =>
  expect.poll(() => page.locator(selector).first().textContent(), PATIENCE).toMatch(text);

const SIGHTS: readonly Sight[] = [
  { name: 'start', folder: 'start', hash: '', settle: (page) => until(page, '#state', /Up/) },
  { name: 'market', folder: 'react-dashboard', hash: '#market', settle: dropped },
  { name: 'chat-react', folder: 'react-dashboard', hash: '#chat', settle: chat('Ada', 'Is the line up again?') },
  { name: 'echo-react', folder: 'react-dashboard', hash: '#echo', settle: echo },
  { name: 'fleet', folder: 'vue-dashboard', hash: '#fleet', settle: (page) => until(page, '.tile', /\d/) },
  { name: 'machine', folder: 'vue-dashboard', hash: '#machine', settle: (page) => until(page, '.figure dd', /\d/) },
  { name: 'chat-vue', folder: 'vue-dashboard', hash: '#chat', settle: chat('Grace', 'It is, and nothing is missing.') },
  { name: 'echo-vue', folder: 'vue-dashboard', hash: '#echo', settle: echo },
];

function chat(name: string, text: string) {
  return async (page: Page) => {
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Join' }).click();
    const composer = page.getByRole('textbox', { name: /^Message to/ });
    await composer.fill(text);
    await composer.press('Enter');
    await expect.poll(() => page.locator('.message .text').last().textContent(), PATIENCE).toContain(text);
  };
}

/** The picture that the README begins with: a line that was cut, and has lost nothing. */
async function dropped(page: Page) {
  await until(page, '.figure dd', /^[1-9]/);
  await openDock(page);
  await page.getByRole('button', { name: 'Drop', exact: true }).click();
  await until(page, '.events', /Close 1006/);
  await until(page, '.dock .badge', /^\s*Connected/);
  await until(page, '.figure dd', /^[1-3]\d\d /); // what was missed has come
  await page.locator('.dock').hover(); // leaves the button, and its hint
}

async function echo(page: Page) {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await until(page, '.log [data-kind=received]', /Hello/);
}

const countTransitions = () =>
  document.getAnimations().filter((animation) => animation instanceof CSSTransition).length;

const isFocused = (element: Element) => element === document.activeElement;

let browser: Browser;
let demo: Demo<Site>;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, demo] = await Promise.all([
    launchForCharts(),
    startDemo(['start', 'react-dashboard', 'vue-dashboard'], { cache: '.vite-pages', inDevelopment: true }),
  ]);
});

afterAll(async () => {
  await browser.close();
  await demo[Symbol.asyncDispose]();
});

/** What axe finds on the screens that there are, light and dark. */
async function violationsOnAll(page: Page, sight?: string): Promise<string[]> {
  const found: string[] = [];
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    await expect.poll(() => overflow(page), { ...PATIENCE, message: `wider than ${viewport.width}` }).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const lines = await violations(page, sight);
      found.push(...lines.map((line) => `${colorScheme}, ${viewport.width} wide: ${line}`));
    }
  }
  return found;
}

describe.each(SIGHTS)('$name', ({ name, folder, hash, settle }) => {
  let opened: TestPage;

  beforeAll(async () => {
    opened = await openPage(browser, demo.urls[folder] + hash);
    await opened.page.setViewportSize(WIDE);
  });

  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
    expect(opened.errors, 'errors in the console').toEqual([]);
  });

  test('can be used by everybody, on every screen, and is pictured', async () => {
    const { page } = opened;
    await settle(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'no-preference' });
      await expect.poll(() => page.evaluate(countTransitions), PATIENCE).toBe(0); // from the colours before
      await page.screenshot({ path: `${PICTURES}${name}-${colorScheme}.jpg`, type: 'jpeg', quality: 80 });
    }

    await page.emulateMedia({ reducedMotion: 'reduce' });
    if (folder !== 'start') await openDock(page);
    const moving = () => page.evaluate(() => document.getAnimations().length);
    await expect.poll(moving, { ...PATIENCE, message: 'what moves in spite of it' }).toBe(0);
    expect(await focusProblems(page), 'a walk by Tab').toEqual([]);
    expect(await violationsOnAll(page)).toEqual([]);
  }, 180_000); // axe reads every element of a page with hundreds of them, four times

  test.each(MOMENTS[name] ?? [])(
    '$name can be used by everybody',
    async ({ begin, sight, end, opener }) => {
      const { page } = opened;
      await page.setViewportSize(WIDE);
      await begin(page);
      await page.locator(sight).first().waitFor(PATIENCE);
      expect(await violationsOnAll(page, sight)).toEqual([]);
      await page.setViewportSize(WIDE);
      await end?.(page);
      if (opener === undefined) return;
      await page.keyboard.press('Escape');
      await page.locator(sight).waitFor({ ...PATIENCE, state: 'hidden' });
      expect(await page.locator(opener).first().evaluate(isFocused), 'the focus is back').toBe(true);
    },
    180_000,
  );
});

test('the start page tells of a restart, comes back from it, and shows the file to read first', async () => {
  await using opened = await openPage(browser, demo.urls.start);
  const { page, errors } = opened;
  await until(page, '#state', /Up/);
  await page.evaluate(
    (port) => fetch(`http://127.0.0.1:${port}/control/restart`, { method: 'POST', body: '{ "seconds": 1 }' }),
    process.env['VITE_SERVER_PORT'],
  );
  await until(page, '#state', /Restarting/);
  await until(page, '#state', /Up/);

  const source = page.getByRole('button', { name: 'start/src/line.ts' });
  await source.click();
  const dialog = page.getByRole('dialog', { name: 'examples/start/src/line.ts' });
  await expect.poll(() => dialog.textContent(), PATIENCE).toContain('createConnection');
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.isVisible(), PATIENCE).toBe(false);
  expect(await source.evaluate(isFocused)).toBe(true);
  expect(errors, 'errors in the console').toEqual([]);
});
