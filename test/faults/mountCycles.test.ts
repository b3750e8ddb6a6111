import type { Browser, CDPSession } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { servePage, type PageServer } from '../support/pageServer';
import { startScriptedServer } from '../support/scriptedServer';
import { SHARERS } from './mountCycles/sharers';
import { endsWithTest, eventually, ID, urlOf } from './lab';

const CYCLES = 1_000;
/** Until the engine has compiled what it compiles, which takes some 150,000 bytes; from then on it is little. */
const WARM_UP = 1_000;
/** What may be left behind in bytes, since the engine itself is unsure. The lines of all cycles would be some 800,000. */
const MOST_LEFT = 100_000;

let browser: Browser;
let site: PageServer;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), servePage(new URL('./mountCycles/page.ts', import.meta.url))]);
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
});

/** What is left in the page, garbage collected. */
async function measure(cdp: CDPSession) {
  const objectOf = async (expression: string) =>
    (await cdp.send('Runtime.evaluate', { expression })).result.objectId ?? '';
  const listenersOf = async (expression: string) =>
    (await cdp.send('DOMDebugger.getEventListeners', { objectId: await objectOf(expression) })).listeners.length;

  await cdp.send('HeapProfiler.collectGarbage');
  const sockets = await cdp.send('Runtime.queryObjects', { prototypeObjectId: await objectOf('WebSocket.prototype') });
  const { result } = await cdp.send('Runtime.callFunctionOn', {
    objectId: sockets.objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length; }',
  });
  const listeners = (await listenersOf('window')) + (await listenersOf('document'));
  await cdp.send('Runtime.releaseObject', { objectId: sockets.objects.objectId ?? '' });
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return { sockets: Number(result.value), listeners, heap: usedSize };
}

describe.each(['react', 'vue'] as const)('a component of %s', { timeout: 120_000 }, (framework) => {
  test(`leaves nothing behind that was mounted and unmounted ${CYCLES} times`, async () => {
    const server = endsWithTest(await startScriptedServer());
    const { page, context, errors } = await openPage(browser, site.url);
    onTestFinished(() => context.close());
    const cdp = await context.newCDPSession(page);
    const cycle = (count: number) =>
      page.evaluate(([name, to, times]) => window.cycles.cycle(name, to, times), [
        framework,
        urlOf(server.port, ID),
        count,
      ] as const);

    await cycle(WARM_UP);
    const before = await measure(cdp);
    await cycle(CYCLES);
    await eventually(async () => expect(await page.evaluate(() => window.cycles.runningTimers)).toBe(0));
    const after = await measure(cdp);

    console.info(`${framework}: ${after.heap - before.heap} bytes are left of ${CYCLES} cycles.`);
    expect(after.sockets).toBe(0);
    expect(after.listeners).toBe(before.listeners);
    expect(after.heap - before.heap).toBeLessThan(MOST_LEFT);
    expect(server.seen(ID)).toMatchObject({ accepted: (WARM_UP + CYCLES) / SHARERS, open: 0 });
    expect(errors).toEqual([]);
  });
});
