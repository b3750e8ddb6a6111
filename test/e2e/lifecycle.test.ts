import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { launchBrowser, openPage, type TestPage } from '../support/browser';
import { servePage, type PageServer } from '../support/pageServer';
import { startScriptedServer, type ScriptedServer } from '../support/scriptedServer';
import { startTcpProxy, type TcpProxy } from '../support/tcpProxy';

let browser: Browser;
let site: PageServer;
let server: ScriptedServer;
let hasBfcache: boolean;

beforeAll(async () => {
  [browser, site, server] = await Promise.all([
    launchBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] }), // playwright turns it off
    servePage(new URL('./linePage.ts', import.meta.url)),
    startScriptedServer(),
  ]);
  hasBfcache = await findBfcache();
});

afterAll(async () => {
  await browser.close();
  await Promise.all([site[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
});

/** A page whose connection is up, and the path it takes. */
async function connectedPage({ interval = 60_000 } = {}): Promise<TestPage & { proxy: TcpProxy; id: string }> {
  const id = randomUUID();
  const proxy = await startTcpProxy(server);
  const opened = await openPage(browser, site.url);
  onTestFinished(async () => {
    await opened.context.close();
    await proxy[Symbol.asyncDispose]();
  });
  const url = `ws://127.0.0.1:${proxy.port}/?id=${id}`;
  await opened.page.evaluate(([to, every]) => window.line.connect(to, every), [url, interval] as const);
  await untilDiary(opened, 'connected');
  return { ...opened, proxy, id };
}

const diaryOf = ({ page }: Pick<TestPage, 'page'>) => page.evaluate(() => window.line.diary);
const snapshotOf = ({ page }: Pick<TestPage, 'page'>) => page.evaluate(() => window.line.snapshot());
const eventually = (assert: () => void | Promise<void>) => vi.waitFor(assert, { timeout: 10_000 });
const untilDiary = (opened: Pick<TestPage, 'page'>, entry: string) =>
  eventually(async () => expect(await diaryOf(opened)).toContain(entry));

/**
 * Away and back through the browser's back/forward cache, where it has one. The headless shell of
 * `@sparticuz/chromium` has none: there the page gets the events it would have got.
 */
async function leaveAndReturn({ page }: TestPage): Promise<void> {
  if (!hasBfcache) {
    await page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    return;
  }
  await page.goto(`${site.url}/elsewhere`);
  // Not `goBack`, which waits for a load that a restored page does not have.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.waitForURL(`${site.url}/`, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'line' in window);
}

async function findBfcache(): Promise<boolean> {
  await using opened = await openPage(browser, site.url);
  hasBfcache = true;
  await leaveAndReturn(opened);
  return (await diaryOf(opened)).includes('pageshow true');
}

describe('a page that leaves and returns', () => {
  test('reconnects when it comes back from the back/forward cache', async () => {
    const opened = await connectedPage();
    await leaveAndReturn(opened);
    await untilDiary(opened, 'reconnected');
    const diary = await diaryOf(opened);
    console.info(`Back/forward cache ${hasBfcache ? 'of the browser' : 'by dispatched events'}: ${diary.join(', ')}`);
    expect(diary.filter((entry) => !entry.startsWith('socket'))).toEqual([
      'pageshow false',
      'connected',
      'pagehide true',
      'disconnected, will reconnect: true',
      'pageshow true',
      'connected',
      'reconnected',
    ]);
    await eventually(() => expect(server.seen(opened.id)).toMatchObject({ accepted: 2, open: 1 }));
    expect(opened.errors).toEqual([]);
  });

  test('hears nothing of the socket it had before', async () => {
    const opened = await connectedPage();
    const [old] = opened.proxy.paths;
    old?.freeze(); // the closing handshake cannot finish
    await opened.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await untilDiary(opened, 'reconnected');
    const [before, diary] = [await snapshotOf(opened), await diaryOf(opened)];

    old?.cut();
    await untilDiary(opened, 'socket 0 close 1006');
    expect(await snapshotOf(opened)).toEqual(before);
    expect(await diaryOf(opened)).toEqual([...diary, 'socket 0 close 1006']);
    expect(before.status).toBe('connected');
  });

  /** A browser without a window hides no page and freezes none, so the page is told. */
  const tell = ({ page }: TestPage, type: 'freeze' | 'resume' | 'visibilitychange', state?: DocumentVisibilityState) =>
    page.evaluate(
      ([event, value]) => {
        if (value) Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event(event));
      },
      [type, state] as const,
    );

  test('closes before it is frozen, and reconnects when it resumes', async () => {
    const opened = await connectedPage();
    await tell(opened, 'freeze');
    expect(await snapshotOf(opened)).toMatchObject({ status: 'reconnecting', paused: 'frozen' });
    await eventually(() => expect(server.seen(opened.id)).toMatchObject({ accepted: 1, open: 0 }));
    await tell(opened, 'resume');
    await untilDiary(opened, 'reconnected');
    await eventually(() => expect(server.seen(opened.id)).toMatchObject({ accepted: 2, open: 1 }));
  });

  test('asks at once whether the line is alive when it becomes visible', async () => {
    const opened = await connectedPage({ interval: 600_000 });
    await tell(opened, 'visibilitychange', 'hidden');
    await tell(opened, 'visibilitychange', 'visible');
    await eventually(() => expect(server.seen(opened.id)).toMatchObject({ accepted: 1, received: 1 })); // the ping
    await eventually(async () => expect((await snapshotOf(opened)).latency).not.toBeNull());

    await tell(opened, 'visibilitychange', 'hidden');
    opened.proxy.paths[0]?.freeze();
    await tell(opened, 'visibilitychange', 'visible');
    await untilDiary(opened, 'reconnected'); // the heartbeat alone would take ten minutes
    expect(server.seen(opened.id)).toMatchObject({ accepted: 2 });
  });
});

describe('a browser that goes offline', () => {
  test('keeps the line when it only says so', async () => {
    const opened = await connectedPage();
    await opened.page.evaluate(() => dispatchEvent(new Event('offline')));
    await eventually(async () => expect((await snapshotOf(opened)).latency).not.toBeNull()); // asked, and answered
    expect(await snapshotOf(opened)).toMatchObject({ status: 'connected', attempt: 0 });
    expect(server.seen(opened.id)).toMatchObject({ accepted: 1, open: 1, received: 1 });
  });

  test('gives the line up once it proves dead, tries nothing while offline, and reconnects once online', async () => {
    const opened = await connectedPage();
    await opened.context.setOffline(true); // Chromium leaves the socket open, and lets nothing through
    await untilDiary(opened, 'disconnected, will reconnect: true');
    const { error, ...snapshot } = await snapshotOf(opened);
    expect(error?.message).toBe('The peer is silent.');
    expect(snapshot).toMatchObject({ status: 'reconnecting', paused: 'offline', retryAt: null });
    expect(opened.proxy.accepted).toBe(1);

    await opened.context.setOffline(false);
    await untilDiary(opened, 'reconnected');
    expect(opened.proxy.accepted).toBe(2);
    expect(opened.errors).toEqual([]);
  });

  test('waits for the network when the line is cut while offline', async () => {
    const opened = await connectedPage();
    await opened.context.setOffline(true);
    opened.proxy.paths[0]?.cut();
    await eventually(async () => expect(await snapshotOf(opened)).toMatchObject({ paused: 'offline', attempt: 1 }));
    await opened.context.setOffline(false);
    await untilDiary(opened, 'reconnected');
    expect(opened.proxy.accepted).toBe(2);
  });
});
