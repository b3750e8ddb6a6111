import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPage, type TestPage } from '../support/browser';
import {
  launchForCharts,
  openDock,
  PATIENCE,
  readLedger,
  readStatus,
  startDemo,
  type Demo,
  type Folder,
} from './dashboard';

/** What a test finds when it begins. */
interface Started {
  readonly opened: () => TestPage;
  readonly demo: () => Demo<Folder>;
}

/** Starts a dashboard for the tests of a file, each with a page of its own, and has it survive what every one must. */
export function survivesFaults(folder: Folder): Started {
  let browser: Browser;
  let started: Demo<Folder>;
  let page: TestPage;
  const opened = () => page;
  const demo = () => started;

  beforeAll(async () => {
    [browser, started] = await Promise.all([launchForCharts(), startDemo([folder], { cache: '.vite-e2e' })]);
  });

  afterAll(async () => {
    await browser.close();
    await started[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    page = await openPage(browser, started.urls[folder]);
    await openDock(page.page);
    await expect.poll(() => readStatus(page.page), PATIENCE).toBe('connected');
    await expect.poll(async () => (await readLedger(page.page))['Received']?.from, PATIENCE).toBeGreaterThan(0);
  });

  afterEach(async () => {
    await page[Symbol.asyncDispose]();
    expect(page.errors, 'errors in the console').toEqual([]);
  });

  test('loses nothing that is sent while the page is disconnected', async () => {
    const { page } = opened();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await expect.poll(async () => (await readLedger(page))['Waiting']?.to, PATIENCE).toBeGreaterThan(3);
    await page.keyboard.press('Enter'); // the button is Connect now, and has kept the focus
    await expect.poll(async () => (await readLedger(page))['Waiting']?.to, PATIENCE).toBeLessThan(3);
    expect(await readLedger(page)).toMatchObject({ Missing: { from: 0, to: 0 }, Duplicated: { from: 0, to: 0 } });
  });

  test('goes on with a server that has forgotten everything, and says so', async () => {
    const { page } = opened();
    const before = (await readLedger(page))['Received']?.from ?? 0;
    await demo().replaceServer();
    await expect.poll(async () => (await readLedger(page))['Streams the server forgot']?.from, PATIENCE).toBe(1);
    await expect.poll(async () => (await readLedger(page))['Received']?.from, PATIENCE).toBeGreaterThan(before + 200);
    expect((await readLedger(page))['Missing']?.from).toBe(0);
  });

  return { opened, demo };
}
