import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { freePort } from '../support/freePort';
import { startLiveServer, type LiveServer } from './liveServer';
import { startProgram, type Program } from './program';

const { TAUTLINE_TEMPLATES: FOLDER } = process.env;
if (!FOLDER) throw new Error('Start this with `npx pnpm templates`, which installs and builds the templates first.');

const PATIENCE = { timeout: 15_000 };

interface Template {
  readonly name: string;
  /** Whether its server renders what was said before. */
  readonly isRendered: boolean;
  /** What `npm start` runs, and where it is told of its port and of the live server. */
  readonly start: (port: string, live: string) => { args: string[]; env: Record<string, string> };
}

const TEMPLATES: Template[] = [
  {
    name: 'vite-react',
    isRendered: false,
    start: (port, live) => ({
      args: ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--port', port, '--strictPort'],
      env: { LIVE_SERVER: `http://${live}` },
    }),
  },
  {
    name: 'next',
    isRendered: true,
    start: (port, live) => ({
      args: ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', port],
      env: { LIVE_URL: `ws://${live}/live` },
    }),
  },
  {
    name: 'nuxt',
    isRendered: true,
    start: (port, live) => ({
      args: ['.output/server/index.mjs'],
      env: { HOST: '127.0.0.1', PORT: port, NUXT_PUBLIC_LIVE_URL: `ws://${live}/live` },
    }),
  },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const said = (page: Page) => page.locator('li').allTextContents();
const status = (page: Page) => page.getByRole('status').textContent();
const say = async (page: Page, text: string) => {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
};

describe.each(TEMPLATES)('the template $name', ({ name, isRendered, start }) => {
  const cwd = join(FOLDER, name);
  let live: LiveServer;
  let site: Program;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    live = await startLiveServer(cwd);
    site = await startProgram({ cwd, port, ...start(String(port), live.host) });
    url = `http://127.0.0.1:${port}/`;
  });
  afterAll(async () => {
    await site.kill();
    await live[Symbol.asyncDispose]();
  });

  test.runIf(isRendered)('renders on the server what was said before, and opens nothing there', async () => {
    await live.say('said before');
    const pages = await Promise.all([1, 2, 3].map(async () => (await fetch(url)).text()));
    for (const html of pages) {
      expect(html).toMatch(/role="status"[^>]*>idle</);
      expect(html).toMatch(/<li[^>]*>said before</);
    }
    expect(live.attempts).toBe(0);
  });

  test('hydrates, opens one socket, sends, and is back after its server was killed', async () => {
    await using opened = await openPage(browser, url);
    const { page } = opened;
    await expect.poll(() => status(page), PATIENCE).toBe('connected');
    expect(live).toMatchObject({ attempts: 1, open: 1 });
    await say(page, 'hello');
    await expect.poll(() => said(page), PATIENCE).toEqual([...(isRendered ? ['said before'] : []), 'hello']);

    await live.kill();
    await expect.poll(() => status(page), PATIENCE).toBe('reconnecting');
    await say(page, 'said meanwhile');
    await live.start();
    await expect.poll(() => said(page), PATIENCE).toContain('said meanwhile');
    expect(await status(page)).toBe('connected');
    expect(live.open).toBe(1);
    expect(opened.errors).toEqual([]);
  });

  test.runIf(isRendered)('renders without its live server, and has the line to bring the rest', async () => {
    await live.kill();
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/role="status"[^>]*>idle</);

    await using opened = await openPage(browser, url);
    await live.start();
    await live.say('said later');
    await expect.poll(() => said(opened.page), PATIENCE).toEqual(['said later']);
    expect(opened.errors).toEqual([]);
  });
});

test('under StrictMode in development the page opens one socket', async () => {
  const cwd = join(FOLDER, 'vite-react');
  await using live = await startLiveServer(cwd);
  const port = await freePort();
  await using _site = await startProgram({
    cwd,
    port,
    args: ['node_modules/vite/bin/vite.js', 'dev', '--host', '127.0.0.1', '--port', String(port), '--strictPort'],
    env: { LIVE_SERVER: `http://${live.host}`, NODE_ENV: 'development' },
  });
  await using opened = await openPage(browser, `http://127.0.0.1:${port}/`);
  await expect.poll(() => status(opened.page), PATIENCE).toBe('connected');
  await say(opened.page, 'hello');
  await expect.poll(() => said(opened.page), PATIENCE).toEqual(['hello']);
  expect(live.attempts).toBe(1);
  expect(opened.errors).toEqual([]);
});
