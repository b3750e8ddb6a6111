import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, CDPSession } from 'playwright';
import { launchBrowser, openPage } from '../../test/support/browser';
import type { BenchPage } from './lab';

export interface Pages extends AsyncDisposable {
  /** Of the browser. */
  readonly version: string;
  open(): Promise<BenchPage>;
}

/** Nobody takes longer for one step in a page; in milliseconds. */
const PATIENCE = 45_000;

/** Chromium, and a server of what is bundled in `folder`. */
export async function createPages(folder: string): Promise<Pages> {
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.endsWith('.js')) {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>bench</title><body><script type="module" src="/page.js"></script>');
      return;
    }
    response.setHeader('Content-Type', 'text/javascript');
    readFile(join(folder, pathname)).then(
      (script) => response.end(script),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo; // of a TCP server
  const browser = await launchBrowser();

  return {
    version: browser.version(),
    open: () => open(browser, `http://127.0.0.1:${port}/`),
    async [Symbol.asyncDispose]() {
      await browser.close();
      http.closeAllConnections();
      http.close();
    },
  };
}

async function open(browser: Browser, url: string): Promise<BenchPage> {
  const opened = await openPage(browser, url);
  const { page, context } = opened;
  const failure = new Promise<never>((_, reject) => page.on('pageerror', reject));
  failure.catch(() => {}); // may come when nobody waits
  await page.waitForFunction('window.bench');
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const run = (async (script: () => unknown, argument?: unknown) => {
    const timer = new AbortController();
    const { signal } = timer;
    try {
      return await Promise.race([page.evaluate(script, argument), failure, tooLong(signal)]);
    } finally {
      timer.abort();
    }
  }) as BenchPage['run']; // what it is given goes through as it is
  return {
    run,
    cpuTime: () => cpuTime(session),
    async heap() {
      await session.send('HeapProfiler.collectGarbage');
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

async function tooLong(signal: AbortSignal): Promise<never> {
  await setTimeout(PATIENCE, undefined, { signal }).catch(() => new Promise(() => {}));
  throw new Error('It takes too long.');
}

async function cpuTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN;
  return seconds * 1_000;
}
