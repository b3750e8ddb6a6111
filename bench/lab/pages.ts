import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { launchMeasuredBrowser, type MeasuredBrowser, type MeasuredPage } from '../../scripts/measuredBrowser.mjs';
import type { BenchPage } from './lab';

export interface Pages extends AsyncDisposable {
  /** Of the browser. */
  readonly version: string;
  open(): Promise<BenchPage>;
  /** In a browser of its own. */
  openInterpreted(): Promise<BenchPage>;
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
  const url = `http://127.0.0.1:${port}/`;
  const browser = await launchMeasuredBrowser();

  return {
    version: browser.version,
    open: () => open(browser, url),
    async openInterpreted() {
      const interpreting = await launchMeasuredBrowser(['--js-flags=--jitless']);
      const page = await open(interpreting, url);
      return {
        ...page,
        async [Symbol.asyncDispose]() {
          await page[Symbol.asyncDispose]();
          await interpreting[Symbol.asyncDispose]();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      http.closeAllConnections();
      http.close();
    },
  };
}

async function open(browser: MeasuredBrowser, url: string): Promise<BenchPage> {
  const page = await browser.openPage(url);
  const { HeapProfiler, Runtime } = page.devtools;
  const failure = new Promise<never>((_, reject) => {
    Runtime.on('exceptionThrown', ({ exceptionDetails: { exception, text } }) =>
      reject(new Error(exception?.description ?? text)),
    );
  });
  failure.catch(() => {}); // may come when nobody waits
  const run = async (script: () => unknown, argument?: unknown) => {
    const timer = new AbortController();
    try {
      return await Promise.race([page.run(script, argument), failure, tooLong(timer.signal)]);
    } finally {
      timer.abort();
    }
  };
  return {
    run: run as BenchPage['run'], // what it is given goes through as it is
    cpuTime: () => cpuTime(page),
    async heap() {
      await HeapProfiler.collectGarbage();
      await HeapProfiler.collectGarbage();
      return (await Runtime.getHeapUsage()).usedSize;
    },
    [Symbol.asyncDispose]: () => page[Symbol.asyncDispose](),
  };
}

async function tooLong(signal: AbortSignal): Promise<never> {
  await setTimeout(PATIENCE, undefined, { signal }).catch(() => new Promise(() => {}));
  throw new Error('It takes too long.');
}

async function cpuTime({ devtools }: MeasuredPage): Promise<number> {
  const { metrics } = await devtools.Performance.getMetrics();
  const seconds = metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN;
  return seconds * 1_000;
}
