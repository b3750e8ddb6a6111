import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, type TestPage } from '../support/browser';
import {
  launchForCharts,
  openDock,
  PATIENCE,
  readLedger,
  startDemo,
  type Demo,
  type Folder,
  type LedgerRow,
} from './dashboard';

/** The faults of the dock, and what its list of events says of each; of a frozen or slow line for two seconds, nothing. */
const FAULTS: readonly (readonly [button: string, event: RegExp | null])[] = [
  ['Drop', /Close 1006/],
  ['Freeze', null],
  ['Slow', null],
  ['Refuse', /Close 1006|The socket did not open/], // the browser does not always let it try again in time
  ['401', /Close 1006|The socket did not open/],
  ['Restart', /Close (1012|3001)/],
  ['Go offline', /The network is gone/],
  ['Hide the page', /Closed: hidden/],
  ['Fill the queue', /dropped: overflow|The network is gone/],
];

/** Opens pages of a dashboard, each with a line of its own, and has all of them survive every fault of the dock. */
export function linesSurvive(folder: Folder, hashes: readonly string[]): void {
  let browser: Browser;
  let demo: Demo<Folder>;
  let pages: TestPage[];
  const onAll = (act: (page: Page) => Promise<unknown>) => Promise.all(pages.map(({ page }) => act(page)));

  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchForCharts(), startDemo([folder], { cache: '.vite-e2e-lines' })]);
    pages = await Promise.all(hashes.map((hash) => openPage(browser, `${demo.urls[folder]}#${hash}`)));
    await onAll(async (page) => {
      if (new URL(page.url()).hash === '#chat') await join(page);
      await openDock(page);
      await page.getByLabel('For how long').selectOption('2');
      await untilUp(page);
    });
  });

  afterAll(async () => {
    await browser.close();
    await demo[Symbol.asyncDispose]();
  });

  test.each(FAULTS)(`${hashes.join(', ')}: %s`, async (fault, event) => {
    await onAll(async (page) => {
      const before = await readEvents(page);
      const { outgoing } = await readBook(page);
      await page.getByRole('button', { name: fault, exact: true }).click();
      if (event) {
        const news = async () => (await readEvents(page)).filter((text) => !before.includes(text)).join('\n');
        await expect.poll(news, PATIENCE).toMatch(event);
      }
      await untilUp(page);
      const receivedNow = async () => {
        await sendByHand(page); // again and again: what goes into a frozen socket may die with it
        return (await readBook(page)).outgoing.received;
      };
      await expect.poll(receivedNow, { ...PATIENCE, interval: 500 }).toBeGreaterThan(outgoing.received);
      await expect.poll(async () => (await readBook(page)).outgoing.waiting, PATIENCE).toBeLessThan(5);

      const book = await readBook(page);
      expect(book.incoming).toMatchObject({ missing: 0, duplicated: 0 });
      const { sent, received, waiting, missing, dropped, duplicated, reasons } = book.outgoing;
      expect(received + waiting + missing + dropped).toBe(sent);
      expect(reasons).toBe(dropped);
      expect(duplicated).toBe(0);
    });
    for (const { errors } of pages) expect(errors, 'errors in the console').toEqual([]);
  });
}

async function join(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('Ann');
  await page.getByRole('button', { name: 'Join' }).click();
}

const untilUp = (page: Page): Promise<void> =>
  page.locator('.dock .badge', { hasText: /^\s*connected/i }).waitFor(PATIENCE);

/** On the echo page nothing is sent unless somebody does. */
async function sendByHand(page: Page): Promise<void> {
  if (new URL(page.url()).hash === '#echo') await page.getByRole('button', { name: 'Send', exact: true }).click();
}

const readEvents = (page: Page): Promise<string[]> => page.locator('.events li').allTextContents();

/** The ledger, by direction. */
async function readBook(page: Page) {
  const rows = await readLedger(page);
  const row = (label: string): LedgerRow => rows[label] ?? { from: 0, to: 0 };
  const because = Object.entries(rows).filter(([label, { from }]) => label.startsWith('… ') && from === 0);
  return {
    incoming: { missing: row('Missing').from, duplicated: row('Duplicated').from },
    outgoing: {
      sent: row('Sent').to,
      received: row('Received').to,
      waiting: row('Waiting').to,
      missing: row('Missing').to,
      duplicated: row('Duplicated').to,
      dropped: row('Dropped').to,
      reasons: because.reduce((sum, [, { to }]) => sum + to, 0),
    },
  };
}
