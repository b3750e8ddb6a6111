import { expect, test } from 'vitest';
import { PATIENCE } from './dashboard';
import { survivesFaults } from './faults';

const opened = survivesFaults('vue-dashboard');

test('shows every device, live', async () => {
  const { page } = opened();
  await expect.poll(() => page.locator('.tile[data-device]').count(), PATIENCE).toBe(192);
  const battery = page.locator('.readings');
  const before = await battery.textContent();
  await expect.poll(() => battery.textContent(), PATIENCE).not.toBe(before);
});

test('moves through the devices by keyboard, and filters', async () => {
  const { page } = opened();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.locator('.tile[aria-selected=true] strong').textContent()).toBe('VAN-001');
  await page.getByLabel('Region').selectOption('Lyon');
  await expect.poll(() => page.locator('.tile').count()).toBeLessThan(100);
});

test('draws the health of this machine', async () => {
  const { page } = opened();
  await page.getByRole('tab', { name: 'Machine' }).click();
  await expect.poll(() => page.locator('.figure dd').first().textContent(), PATIENCE).toMatch(/\d %/);
  expect(await page.locator('.chart canvas').count()).toBe(4);
});
