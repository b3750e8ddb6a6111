import type { Browser, Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { openPage, type TestPage } from '../support/browser';
import { openDock, PATIENCE } from './dashboard';

/** Somebody in the chat, with a page of their own. */
export interface Chatter extends AsyncDisposable {
  readonly name: string;
  readonly page: Page;
  readonly errors: readonly string[];
  readonly composer: Locator;
  join(): Promise<void>;
  /** Whoever has left already stays away. */
  leave(): Promise<void>;
  say(text: string): Promise<void>;
  visit(room: string): Promise<void>;
  openDock(): Promise<void>;
  /** Resolves when the server has done it. */
  hurt(fault: string, seconds?: number): Promise<void>;
  /** The texts of the room that is shown, from top to bottom; with a state, only those in it. */
  texts(state?: 'sent' | 'pending' | 'failed'): Promise<string[]>;
  /** Who is here, in alphabetical order. */
  members(): Promise<string[]>;
  typing(): Promise<string>;
}

/** Opens the chat of a dashboard, for somebody who has not joined yet. */
export async function openChat(browser: Browser, url: string, name: string): Promise<Chatter> {
  return chatterOn(await openPage(browser, `${url}#chat`), name);
}

function chatterOn(opened: TestPage, name: string): Chatter {
  const { page, errors } = opened;
  const composer = page.getByRole('textbox', { name: /^Message to/ });
  const leaving = page.getByRole('button', { name: 'Leave' });
  const members = async () => (await page.locator('.members .label').allTextContents()).sort();
  return {
    name,
    page,
    errors,
    composer,
    members,
    async join() {
      await page.getByLabel('Your name').fill(name);
      await page.getByRole('button', { name: 'Join' }).click();
      await expect.poll(members, PATIENCE).toContain(name);
    },
    async leave() {
      if (await leaving.count()) await leaving.click();
    },
    async say(text) {
      await composer.fill(text);
      await composer.press('Enter');
    },
    async visit(room) {
      await page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: room }).click();
    },
    openDock: () => openDock(page),
    async hurt(fault, seconds = 2) {
      await openDock(page);
      await page.getByLabel('For how long').selectOption({ label: `for ${seconds} s` });
      const done = page.waitForResponse(/\/control\//);
      await page.getByRole('button', { name: fault, exact: true }).click();
      await done;
    },
    texts: (state) => page.locator(`.message${state ? `[data-state=${state}]` : ''} .text`).allTextContents(),
    typing: async () => ((await page.locator('.typing').textContent()) ?? '').replace(/[\u2068\u2069]/g, ''),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
