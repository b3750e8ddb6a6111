import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { PATIENCE } from './dashboard';
import { survivesFaults } from './faults';
import { heatAlarm, HOTTER, saveThreshold } from './thresholds';

const { opened, demo } = survivesFaults('vue-dashboard');
const SERVER = () => `http://127.0.0.1:${process.env['VITE_SERVER_PORT']}`; // as the page is told

/** How many members the channels of the devices have: what the server says. */
async function countViewers(): Promise<number> {
  const health = (await (await fetch(`${SERVER()}/health`)).json()) as { deviceViewers: number };
  return health.deviceViewers;
}

/** Has the server do something to all lines. */
async function hurt(page: Page, fault: string, seconds: number): Promise<void> {
  await fetch(`${SERVER()}/control/${fault}`, {
    method: 'POST',
    headers: { origin: new URL(page.url()).origin },
    body: JSON.stringify({ seconds }),
  });
}

/** The numbers of the commands that go over lines that the page opens from now on. */
function countCommands(page: Page): () => number[] {
  const numbers: number[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const number = /"type":"command","request":(\d+)/.exec(String(payload))?.[1];
      if (number) numbers.push(Number(number));
    }),
  );
  return () => numbers;
}

const detail = (page: Page) => page.locator('.device-detail');

test('shows every device, and finds them by words, by region and by keyboard', async () => {
  const { page } = opened();
  await expect.poll(() => page.locator('.tile[data-device]').count(), PATIENCE).toBe(192);
  await page.getByRole('listbox', { name: 'Devices' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => detail(page).getByRole('heading').textContent(), PATIENCE).toBe('VAN-001');
  await page.keyboard.press('Escape');
  await expect.poll(() => detail(page).count(), PATIENCE).toBe(0);
  await page.getByLabel('Region').selectOption('Lyon');
  await page.getByLabel('Search devices').fill('drn');
  await expect.poll(() => page.locator('.tile').count(), PATIENCE).toBeLessThan(20);
  await page.getByLabel('Group by').selectOption({ label: 'By status' });
  expect(await page.locator('.tile strong').allTextContents()).toEqual(
    expect.arrayContaining([expect.stringMatching(/^DRN-/)]),
  );
});

test('joins the channel of a device while it is open, and misses no sample of it when the line is lost', async () => {
  const { page } = opened();
  expect(await countViewers()).toBe(0);
  await page.locator('#device-TRK-003').click();
  const told = detail(page).locator('[data-gaps]');
  await expect.poll(() => told.textContent(), PATIENCE).toContain('Live · the last 300 of 300 seconds, none missing');
  expect(await countViewers()).toBe(1);

  await hurt(page, 'restart', 2);
  await expect.poll(() => told.textContent(), PATIENCE).toContain('rejoining');
  await expect.poll(() => told.textContent(), PATIENCE).toContain('none missing · recovered what was missed');

  await page.getByRole('button', { name: 'Close TRK-003' }).click();
  await expect.poll(countViewers, PATIENCE).toBe(0);
});

test('says so when the server does not know where a device’s channel was, and shows what it has', async () => {
  const { page } = opened();
  await page.locator('#device-TRK-003').click();
  const told = detail(page).locator('[data-gaps]');
  await expect.poll(() => told.textContent(), PATIENCE).toContain('none missing');
  await demo().replaceServer();
  const notice = detail(page).locator('.notice');
  await expect.poll(() => notice.textContent(), PATIENCE).toContain('The server does not know where we were');
  await expect.poll(() => told.textContent(), PATIENCE).toContain('Live · the last 300 of 300 seconds, none missing');
});

test('shares thresholds and acknowledgements with other pages, also when the line was lost', async () => {
  const { page, context } = opened();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect.poll(() => page.getByLabel(HOTTER).inputValue(), PATIENCE).toBe('56');

  await saveThreshold(page, HOTTER, '91');
  await expect
    .poll(() => page.getByRole('alert').allTextContents(), PATIENCE)
    .toContain('The temperature, in °C, must be a number from 20 to 90.');
  await saveThreshold(page, HOTTER, '20');
  const alarm = (where: Page) => heatAlarm(where, 'TRK-001', '20');
  await expect.poll(() => alarm(other).textContent(), PATIENCE).toContain('Acknowledge');
  expect(await other.getByLabel(HOTTER).inputValue()).toBe('20');

  await hurt(page, 'restart', 2);
  await expect.poll(() => page.locator('.dock .badge[data-status=reconnecting]').count(), PATIENCE).toBe(1);
  await alarm(page).getByRole('button', { name: 'Acknowledge TRK-001' }).click();
  await expect.poll(() => alarm(other).textContent(), PATIENCE).toContain('Acknowledged');
  await expect.poll(() => alarm(page).textContent(), PATIENCE).toContain('Acknowledged');
  expect(await page.evaluate(() => document.activeElement?.textContent), 'where the focus is').toBe('TRK-001');
});

test('gives a command again when the line was lost before the answer', async () => {
  const { page } = opened();
  const given = countCommands(page);
  await page.reload(); // onto a line that is counted
  await expect.poll(() => page.getByLabel(HOTTER).inputValue(), PATIENCE).not.toBe('');
  await saveThreshold(page, HOTTER, '20');
  const alarm = heatAlarm(page, 'TRK-002', '20');
  await alarm.waitFor(PATIENCE);

  await hurt(page, 'freeze', 5);
  await saveThreshold(page, 'Charge below, %', '9');
  await alarm.getByRole('button', { name: /^Acknowledge/ }).click();
  await expect.poll(() => new Set(given()).size, PATIENCE).toBe(3);
  await hurt(page, 'drop', 1);
  await expect.poll(() => page.getByText('Saved').count(), PATIENCE).toBe(1);
  await expect.poll(() => alarm.textContent(), PATIENCE).toContain('Acknowledged');
  for (const lost of [2, 3]) expect(given().filter((number) => number === lost).length).toBeGreaterThan(1);
});

test('opens a device from the map', async () => {
  const { page } = opened();
  await expect.poll(() => page.locator('.device-dot').count(), PATIENCE).toBe(192);
  await page.getByRole('listbox', { name: 'Map' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect.poll(() => detail(page).getByRole('heading').textContent(), PATIENCE).toBe('CHG-048');
});

test('draws the health of this machine, with what was before the page was opened', async () => {
  const { page } = opened();
  await page.getByRole('tab', { name: 'Machine' }).click();
  await expect.poll(() => page.locator('.figure dd').first().textContent(), PATIENCE).toMatch(/\d %/);
  await expect.poll(() => page.locator('.chart canvas').count(), PATIENCE).toBeGreaterThanOrEqual(3);
});
