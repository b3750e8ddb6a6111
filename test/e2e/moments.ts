import type { Page } from 'playwright';
import { expect } from 'vitest';
import { openDock, PATIENCE } from './dashboard';
import { heatAlarm, HOTTER, saveThreshold } from './thresholds';

/** Something that a page shows only for a while. */
export interface Moment {
  readonly name: string;
  readonly begin: (page: Page) => Promise<unknown>;
  /** What there is to see of it, as a selector. */
  readonly sight: string;
  /** Takes it away, for what comes after it. */
  readonly end?: (page: Page) => Promise<unknown>;
  /** What Escape gives the focus back to, as it takes the sight away; without it Escape does nothing. */
  readonly opener?: string;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const say = async (page: Page, text: string) => {
  const composer = page.getByRole('textbox', { name: /^Message to/ });
  await composer.fill(text);
  await composer.press('Enter');
};
const hurt = (page: Page, fault: string, seconds: number) =>
  page.evaluate(([url, body]) => fetch(url, { method: 'POST', body }), [
    `http://127.0.0.1:${process.env['VITE_SERVER_PORT']}/control/${fault}`,
    JSON.stringify({ seconds }),
  ] as const);
const untilBadge = (page: Page, status: string) =>
  page.locator(`.dock .badge[data-status=${status}]`).waitFor(PATIENCE);

/** By keyboard, as everything is here that Escape closes. */
const openBy = (opener: string) => async (page: Page) => {
  await page.locator(opener).first().focus();
  await page.keyboard.press('Enter');
};

const APPEARANCE: Moment = {
  name: 'the menu of appearances',
  begin: openBy('[aria-label^=Appearance]'),
  sight: '.menu',
  opener: '[aria-label^=Appearance]',
};

const HINT: Moment = {
  name: 'the hint of a button',
  async begin(page) {
    await openDock(page);
    await page.getByRole('button', { name: 'Hurt the line' }).focus();
    await page.keyboard.press('Tab');
  },
  sight: '.tooltip',
  opener: '.faults .button',
};

const REFUSED: Moment = {
  name: 'a page that the server refuses',
  async begin(page) {
    await hurt(page, 'refuse', 60);
    await page.reload();
    await untilBadge(page, 'reconnecting');
    await openDock(page);
    await page.locator('.dock .notice').waitFor(PATIENCE);
  },
  sight: '.figures, .dock, .empty, .tile:first-child',
  end: (page) => hurt(page, 'refuse', 1),
};

const CHAT: readonly Moment[] = [
  {
    name: 'a message that was refused',
    begin: (page) => say(page, 'x'.repeat(10_000)),
    sight: '.message[data-state=failed]',
    end: (page) => press(page, 'Discard'),
  },
  {
    name: 'a message that waits',
    async begin(page) {
      await press(page, 'Disconnect');
      await say(page, 'soon');
    },
    sight: '.message[data-state=pending]',
  },
  {
    name: 'a name that cannot be',
    async begin(page) {
      await press(page, 'Leave');
      await page.getByLabel('Your name').fill('Ann\u202e');
      await press(page, 'Join');
    },
    sight: '.name-card [role=alert]',
  },
];

const ECHO: readonly Moment[] = [
  {
    name: 'a log without what is looked for',
    begin: (page) => page.getByPlaceholder('Find text or bytes').fill('never sent'),
    sight: '.log',
  },
  {
    name: 'a server that closes for good',
    async begin(page) {
      await page.getByLabel('Close code').last().selectOption('4403');
      await press(page, 'Close');
      await untilBadge(page, 'disconnected');
    },
    sight: '.dock',
  },
  {
    name: 'a URL that cannot work',
    async begin(page) {
      await page.getByLabel('URL').fill('ftp://nowhere');
      await page.locator('form').getByRole('button', { name: 'Connect', exact: true }).click();
    },
    sight: '.echo [role=alert]',
  },
];

/** What passes on each page, in the order in which it is looked at. */
export const MOMENTS: Readonly<Record<string, readonly Moment[]>> = {
  start: [
    { name: 'a source', begin: openBy('.examples button'), sight: 'dialog', opener: '.examples button' },
    {
      name: 'a server that restarts',
      async begin(page) {
        await hurt(page, 'restart', 3);
        await expect.poll(() => page.locator('#state').textContent(), PATIENCE).toMatch(/Restarting/);
      },
      sight: 'main',
    },
  ],
  market: [
    APPEARANCE,
    HINT,
    {
      name: 'an alert',
      async begin(page) {
        await page.getByLabel('Updates/s').selectOption('1000'); // so that the next price comes soon
        await page.getByLabel('Price', { exact: true }).fill('0.01');
        await press(page, 'Set alert');
        await page.locator('.toast').hover(); // which keeps it
      },
      sight: '.toast, .alerts',
    },
    {
      name: 'a search that finds nothing',
      begin: (page) => page.getByRole('searchbox').fill('no such symbol'),
      sight: '.ticker',
    },
    REFUSED,
  ],
  'chat-react': CHAT,
  'chat-vue': CHAT,
  'echo-react': ECHO,
  'echo-vue': ECHO,
  fleet: [
    APPEARANCE,
    HINT,
    { name: 'a device', begin: openBy('.board'), sight: '.device-detail', opener: '.board' },
    {
      name: 'an alarm that is acknowledged',
      async begin(page) {
        await saveThreshold(page, HOTTER, '20');
        await heatAlarm(page, 'TRK-002', '20')
          .getByRole('button', { name: /^Acknowledge/ })
          .click();
      },
      sight: '.alarm[data-acknowledged=true]',
      end: (page) => saveThreshold(page, HOTTER, '60'),
    },
    {
      name: 'a threshold that the server refuses',
      begin: (page) => saveThreshold(page, HOTTER, '91'),
      sight: 'form [role=alert]',
    },
    {
      name: 'a search that finds nothing',
      begin: (page) => page.getByLabel('Search devices').fill('no such device'),
      sight: '.empty',
    },
    REFUSED,
  ],
};
