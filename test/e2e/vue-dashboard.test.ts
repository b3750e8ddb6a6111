import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPage, type TestPage } from '../support/browser';
import { launchForCharts, PATIENCE, readLedger, readStatus, startDashboard, type Dashboard } from './dashboard';
import { survivesFaults } from './faults';

let browser: Browser;
let dashboard: Dashboard;
let opened: TestPage;

beforeAll(async () => {
  [browser, dashboard] = await Promise.all([launchForCharts(), startDashboard('vue-dashboard')]);
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

test('shows every device, live', async () => {
  const { page } = opened;
  await expect.poll(() => page.locator('.tile[data-device]').count(), PATIENCE).toBe(192);
  const battery = page.locator('.readings');
  const before = await battery.textContent();
  await expect.poll(() => battery.textContent(), PATIENCE).not.toBe(before);
});

test('moves through the devices by keyboard, and filters', async () => {
  const { page } = opened;
  await page.getByRole('listbox').focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.locator('.tile[aria-selected=true] strong').textContent()).toBe('VAN-001');
  await page.getByLabel('Region').selectOption('Lyon');
  await expect.poll(() => page.locator('.tile').count()).toBeLessThan(100);
});

test('draws the health of this machine', async () => {
  const { page } = opened;
  await page.getByRole('tab', { name: 'Machine' }).click();
  await expect.poll(() => page.locator('.figure dd').first().textContent(), PATIENCE).toMatch(/\d %/);
  expect(await page.locator('.chart canvas').count()).toBe(4);
});

survivesFaults(
  () => opened,
  () => dashboard,
);
