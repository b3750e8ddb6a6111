import type { LifecycleFact } from '@tautline/core';
import type { Page } from 'playwright';
import { expect, onTestFinished } from 'vitest';
import { launchBrowser, openPage, type TestPage } from '../../support/browser';
import { servePage } from '../../support/pageServer';
import type { Setting } from './line';
import type { Kind, Subject, World } from './subject';

/** The WebSocket of a real browser. Lines share a page; each world is a page of its own. */
export async function chromiumKind(): Promise<Kind> {
  const [browser, site] = await Promise.all([launchBrowser(), servePage(new URL('./page.ts', import.meta.url))]);
  const shared = await openPage(browser, site.url);
  return {
    name: 'the WebSocket of Chromium',
    tells: { 1015: 1006 },
    open: (setting) => openIn(shared, setting),
    async openWorld() {
      const own = await openPage(browser, site.url);
      onTestFinished(() => own.context.close());
      await own.page.clock.install({ time: START });
      await own.page.clock.pauseAt(START + 60_000);
      return { open: (setting) => openIn(own, setting), ...forcesOf(own) };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await site[Symbol.asyncDispose]();
    },
  };
}

const START = Date.UTC(2030, 0);

async function openIn({ page, errors }: TestPage, setting: Setting): Promise<Subject> {
  const number = await page.evaluate((given) => window.lines.open(given), setting);
  onTestFinished(async () => {
    await page.evaluate((which) => window.lines.line(which).dispose(), number);
    expect(errors.splice(0)).toEqual([]);
  });
  return {
    report: () => page.evaluate((which) => window.lines.line(which).report(), number),
    connect: () => page.evaluate((which) => window.lines.line(which).connect(), number),
    send: (message) =>
      page.evaluate(([which, text]) => window.lines.line(which).send(text), [number, message] as const),
  };
}

function forcesOf({ page, context }: TestPage): Omit<World, 'open'> {
  const tellPage = {
    'page-hidden': () => show(page, 'hidden'),
    'page-shown': () => show(page, 'visible'),
    'page-frozen': () => transit(page, 'pagehide'),
    'page-resumed': () => transit(page, 'pageshow'),
    'went-offline': () => context.setOffline(true),
    'went-online': () => context.setOffline(false),
  } satisfies Record<LifecycleFact, () => Promise<unknown>>;
  return {
    advance: (milliseconds) => page.clock.runFor(milliseconds),
    sleep: (milliseconds) => page.clock.fastForward(milliseconds),
    tell: async (fact) => void (await tellPage[fact]()),
  };
}

/** A browser without a window hides no page and has no back/forward cache, so the page is told. */
const show = (page: Page, state: DocumentVisibilityState) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

const transit = (page: Page, type: 'pagehide' | 'pageshow') =>
  page.evaluate((event) => dispatchEvent(new PageTransitionEvent(event, { persisted: true })), type);
