import type { Locator, Page } from 'playwright';

/** The label of a threshold. */
export const HOTTER = 'Hotter than, °C';

/** Sets a threshold of the fleet, for everybody. */
export async function saveThreshold(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label).fill(value);
  await page.getByRole('button', { name: 'Save for everybody' }).click();
}

/** Of a device that is hotter than this, in °C. Above 20 every truck is, so its alarm stays. */
export const heatAlarm = (page: Page, device: string, limit: string): Locator =>
  page.locator('.alarm', { hasText: device }).filter({ hasText: `above ${limit}` });
