import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPage, type TestPage } from '../support/browser';
import { launchForCharts, readLedger, readStatus, startDashboard, type Dashboard } from './dashboard';

const PATIENCE = { timeout: 15_000 };

let browser: Browser;
let dashboard: Dashboard;
let opened: TestPage;

beforeAll(async () => {
  [browser, dashboard] = await Promise.all([launchForCharts(), startDashboard('react-dashboard')]);
});

beforeEach(async () => {
  opened = await openPage(browser, dashboard.url);
  await expect.poll(() => readStatus(opened.page), PATIENCE).toBe('connected');
  await expect.poll(async () => (await readLedger(opened.page))['Received']?.from, PATIENCE).toBeGreaterThan(0);
});

afterEach(async () => {
  await opened[Symbol.asyncDispose]();
  expect(opened.errors, 'errors in the console').toEqual([]);
});

afterAll(async () => {
  await browser.close();
  await dashboard[Symbol.asyncDispose]();
});

test('shows live prices', async () => {
  const { page } = opened;
  const price = page.locator('[role=row] .price').nth(1);
  await expect.poll(() => price.textContent(), PATIENCE).toMatch(/^\d+\.\d\d$/);
  const before = await price.textContent();
  await expect.poll(() => price.textContent(), PATIENCE).not.toBe(before);
});

test('draws only the rows that are seen, of 1,000', async () => {
  const { page } = opened;
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001');
  expect(await page.locator('.rows [role=row]').count()).toBeLessThan(60);
});

test('moves through the symbols by keyboard, sorts and filters', async () => {
  const { page } = opened;
  const selected = page.locator('[role=row][aria-selected=true] strong');
  const first = await selected.textContent();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  expect(await selected.textContent()).not.toBe(first);
  await page.getByRole('button', { name: 'Volume' }).click();
  expect(await page.getByRole('columnheader', { name: 'Volume' }).getAttribute('aria-sort')).toBe('descending');
  await page.getByRole('searchbox').fill('no such symbol');
  await expect.poll(() => page.locator('.rows [role=row]').count()).toBe(0);
});

test('loses nothing that is sent while the page is offline', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Go offline' }).click();
  await expect.poll(async () => (await readLedger(page))['Waiting']?.to, PATIENCE).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Go online' }).click();
  await expect.poll(async () => (await readLedger(page))['Waiting']?.to, PATIENCE).toBeLessThan(3);
  expect(await readLedger(page)).toMatchObject({ Missing: { from: 0, to: 0 }, Duplicated: { from: 0, to: 0 } });
});

test('misses nothing when the server restarts', async () => {
  const { page } = opened;
  await page.getByLabel('For how long').selectOption('2');
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect.poll(() => readStatus(page), PATIENCE).toBe('reconnecting');
  await expect.poll(() => readStatus(page), PATIENCE).toBe('connected');
  await expect.poll(async () => (await readLedger(page))['… after a reconnect']?.from, PATIENCE).toBeGreaterThan(1_000);
  expect(await readLedger(page)).toMatchObject({ Missing: { from: 0 }, Duplicated: { from: 0, to: 0 } });
});

test('goes on with a server that has forgotten everything, and says so', async () => {
  const { page } = opened;
  const before = (await readLedger(page))['Received']?.from ?? 0;
  await dashboard.replaceServer();
  await expect.poll(async () => (await readLedger(page))['Streams the server forgot']?.from, PATIENCE).toBe(1);
  await expect.poll(async () => (await readLedger(page))['Received']?.from, PATIENCE).toBeGreaterThan(before + 1_000);
  expect((await readLedger(page))['Missing']?.from).toBe(0);
});

test('echoes text and binary, and closes as asked', async () => {
  const { page } = opened;
  await page.getByRole('tab', { name: 'Echo' }).click();
  const log = page.getByRole('log');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => log.locator('[data-kind=received]').allTextContents(), PATIENCE).toHaveLength(1);
  await page.getByRole('button', { name: 'Binary' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => log.locator('[data-kind=received]').last().textContent(), PATIENCE).toContain('5 bytes');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect.poll(() => log.textContent(), PATIENCE).toContain('close 1012 "as asked"');
});
