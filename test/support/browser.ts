import { chromium, type Browser, type BrowserContext, type LaunchOptions, type Page } from 'playwright';
import { resolveChromium } from '../../scripts/chromium.mjs';

/** A page of its own, and what went wrong in it. */
export interface TestPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that nobody caught, and what was logged as one; not a connection that failed, which the browser logs by itself. */
  readonly errors: string[];
}

/** Starts Chromium without a window. `options.args` are added to the usual ones. */
export function launchBrowser({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  const { args: usual, ...chosen } = resolveChromium();
  return chromium.launch({ ...chosen, ...options, args: [...usual, ...args] });
}

/** Opens `url` in a context of its own. */
export async function openPage(browser: Browser, url: string): Promise<TestPage> {
  const context = await browser.newContext({ reducedMotion: 'reduce' }); // a browser without a GPU pays for every frame
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !BY_THE_BROWSER.test(message.text())) errors.push(message.text());
  });
  await page.goto(url);
  return { page, context, errors, [Symbol.asyncDispose]: () => context.close() };
}

const BY_THE_BROWSER = /^(WebSocket connection to|Failed to load resource)/;
