import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPage } from '../support/browser';
import { launchForCharts, PATIENCE, startDemo, type Demo, type Folder } from './dashboard';

const FOLDERS = ['react-dashboard', 'vue-dashboard'] as const;

let browser: Browser;
let demo: Demo<Folder>;

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchForCharts(), startDemo(FOLDERS, { cache: '.vite-e2e-echo' })]);
});

afterAll(async () => {
  await browser.close();
  await demo[Symbol.asyncDispose]();
});

/** The echo lab of a dashboard, connected. */
async function openLab(folder: Folder) {
  const opened = await openPage(browser, `${demo.urls[folder]}#echo`);
  const { page, context } = opened;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const log = page.getByRole('log');
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const fact = (name: string) => page.locator('.facts div', { hasText: name }).locator('dd').first();
  await expect.poll(() => fact('readyState').textContent(), PATIENCE).toBe('1 OPEN');
  return {
    ...opened,
    log,
    press,
    fact,
    untilLogged: (text: string) => expect.poll(() => log.textContent(), PATIENCE).toContain(text),
    entries: (kind: string) => log.locator(`[data-kind=${kind}] .what`).allTextContents(),
    async send(format: string, input: string) {
      await page.getByRole('radio', { name: format }).check();
      await page.getByRole('textbox', { name: 'Message' }).fill(input);
      await press('Send');
    },
    copied: () => page.evaluate(() => navigator.clipboard.readText()),
  };
}

describe.each(FOLDERS)('the echo lab in %s', (folder) => {
  test('sends text, JSON and bytes, and shows them as they come back', async () => {
    await using lab = await openLab(folder);
    const { page, log, press, send, entries, untilLogged, copied } = lab;
    await send('Text', 'Hello');
    await send('JSON', '{ "a": 1 }');
    await page.getByRole('textbox', { name: 'Message' }).fill("{ 'a': 1 }");
    await expect.poll(() => page.getByText('This is not JSON').count(), PATIENCE).toBe(1);
    await send('Binary', '48 69 00 ff');
    const hex = '00000000  48 69 00 ff                                       |Hi..|';
    await expect.poll(() => entries('received'), PATIENCE).toEqual(['Hello', '{\n  "a": 1\n}', hex]);

    await page.getByLabel('Choose a file').setInputFiles({
      name: 'large.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(5_000, 7),
    });
    await press('Send');
    await untilLogged('5,000 bytes, the first 1,024 bytes');

    await page.getByRole('radio', { name: 'Received' }).check();
    await page.getByRole('searchbox', { name: 'Find in the log' }).fill('48 69');
    await expect.poll(() => log.locator('li').count(), PATIENCE).toBe(1);
    await page.getByRole('combobox', { name: 'Copy as' }).selectOption('JSON');
    await press('Copy what is shown');
    await expect.poll(copied, PATIENCE).toContain('"bytes": "48 69 00 ff"');
    await press('Copy this entry');
    await expect.poll(copied, PATIENCE).toContain(hex);
    expect(lab.errors).toEqual([]);
  });

  test('measures, closes both ways, and says what cannot work', async () => {
    await using lab = await openLab(folder);
    const { page, press, fact, untilLogged } = lab;
    await press('Ping now');
    await expect.poll(() => fact('p95').textContent(), PATIENCE).toMatch(/ms$/);

    await page.getByLabel('Close code').last().selectOption('4403');
    await press('Close');
    await untilLogged('the verdict on 4403 is stop');
    await untilLogged('close 4403 "as asked"');
    await press('Connect');
    await expect.poll(() => fact('readyState').textContent(), PATIENCE).toBe('1 OPEN');

    const refusal = () => expect.poll(() => page.getByRole('alert').textContent(), PATIENCE);
    await page.getByLabel('Close code').first().fill('1001');
    await press('Disconnect');
    await refusal().toContain('it must be 1000, or an integer from 3000 to 4999');
    const url = await page.getByLabel('URL').inputValue();
    await page.getByLabel('URL').fill('ftp://nowhere');
    await press('Connect');
    await refusal().toContain('`url` is ftp://nowhere');

    await page.getByLabel('URL').fill(url);
    await page.getByLabel('Subprotocols').fill('echo.v1, echo.v2');
    await press('Connect');
    await expect.poll(() => fact('protocol').textContent(), PATIENCE).toBe('echo.v1');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(lab.errors).toEqual([]);
  });
});
