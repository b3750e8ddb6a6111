import { expect, test } from 'vitest';
import { PATIENCE } from './dashboard';
import { survivesFaults } from './faults';

const { opened } = survivesFaults('react-dashboard');

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

test('draws candles from history, and goes on live, also of another symbol', async () => {
  const { page } = opened();
  const chart = page.getByRole('img', { name: /^Price and volume/ });
  await expect.poll(() => chart.getAttribute('aria-label'), PATIENCE).toMatch(/as 720 candles$/);
  const legend = page.locator('.candle-legend');
  const before = await legend.textContent();
  await expect.poll(() => legend.textContent(), PATIENCE).not.toBe(before);

  const other = await page.locator('.rows [role=row] strong').nth(3).textContent();
  await page.locator('.rows [role=row]').nth(3).click();
  await expect.poll(() => chart.getAttribute('aria-label'), PATIENCE).toContain(`of ${other} as 720 candles`);
  await page.getByRole('radio', { name: '1 min' }).check();
  await expect.poll(() => chart.getAttribute('aria-label'), PATIENCE).toMatch(/as 6\d candles$/);
});

test('remembers the watch list, whatever else is stored', async () => {
  const { page } = opened();
  const symbol = await page.locator('.rows [role=row] strong').nth(2).textContent();
  await page.getByRole('button', { name: `Watch ${symbol}`, exact: true }).click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('s'); // the chosen symbol, which is the first
  await page.evaluate(() => localStorage.setItem('tautline-alerts', '{"no":"list"'));
  await page.reload();
  await page.getByRole('radio', { name: 'Watch list' }).check();
  await expect.poll(() => page.locator('.rows [role=row]').count(), PATIENCE).toBe(2);
  await page.getByRole('button', { name: `Watch ${symbol}`, exact: true }).click();
  await expect.poll(() => page.locator('.rows [role=row]').count(), PATIENCE).toBe(1);
});

test('fires an alert once, lists it, and forgets it when told to', async () => {
  const { page } = opened();
  await page.getByLabel('Price', { exact: true }).fill('0.01');
  await page.getByRole('button', { name: 'Set alert' }).click();
  await expect.poll(() => page.locator('.toast').allTextContents(), PATIENCE).toHaveLength(1);
  const alert = page.locator('.alerts li');
  expect(await alert.getAttribute('data-state')).toBe('fired');
  const text = await alert.textContent();
  await page.getByRole('button', { name: /^Arm again/ }).click();
  await expect.poll(() => alert.getAttribute('data-state'), PATIENCE).toBe('waiting'); // the price is still above
  await page.reload();
  await expect.poll(() => alert.textContent(), PATIENCE).not.toBe(text);
  await page.getByRole('button', { name: /^Delete/ }).click();
  await expect.poll(() => alert.count(), PATIENCE).toBe(0);
});
