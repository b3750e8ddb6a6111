import { expect, test } from 'vitest';
import { PATIENCE } from './dashboard';
import { survivesFaults } from './faults';

const opened = survivesFaults('react-dashboard');

test('shows live prices', async () => {
  const { page } = opened();
  const price = page.locator('[role=row] .price').nth(1);
  await expect.poll(() => price.textContent(), PATIENCE).toMatch(/^\d+\.\d\d$/);
  const before = await price.textContent();
  await expect.poll(() => price.textContent(), PATIENCE).not.toBe(before);
});

test('draws only the rows that are seen, of 1,000', async () => {
  const { page } = opened();
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001');
  expect(await page.locator('.rows [role=row]').count()).toBeLessThan(60);
});

test('moves through the symbols by keyboard, sorts and filters', async () => {
  const { page } = opened();
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
