import type { Browser, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { TestClient } from '../../examples/server/src/testClient';
import { openChat, type Chatter } from './chatter';
import { launchForCharts, PATIENCE, startDemo, type Demo, type Folder } from './dashboard';

let browser: Browser;
let demo: Demo<Folder>;
/** In React, in plain JSON. */
let ann: Chatter;
/** In Vue, in Centrifugo's protocol. */
let bob: Chatter;

/** Somebody who comes in the middle of a test. */
const comeLate = async (folder: Folder, name: string) => {
  const chatter = await openChat(browser, demo.urls[folder], name);
  onTestFinished(() => chatter[Symbol.asyncDispose]());
  await chatter.join();
  return chatter;
};
/** Has somebody say a lot, faster than by hand. */
const fillRoom = async (texts: readonly string[]) => {
  await using talker = new TestClient(demo.chat, { protocols: ['tautline.envelope.v1'] });
  await talker.opened();
  const topic = 'room:general';
  const post = (text: string, id: number) => ({
    type: 'publish',
    id,
    topic,
    event: 'post',
    payload: { id: `${id}`, text },
  });
  talker.send({ type: 'connect', id: 1_001, payload: { token: 'Zoe' } });
  talker.send({ type: 'subscribe', id: 1_002, topic });
  await talker.until(() => talker.messages().some(({ id }) => id === 1_002));
  texts.forEach((text, id) => talker.send(post(text, id)));
  await talker.until(() => talker.messages().some(({ id }) => id === texts.length - 1));
};
/** How often the page asks for what was said earlier, on lines that it opens from now on. */
const countCalls = (page: Page) => {
  let calls = 0;
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (payload.includes('"earlier"')) calls++;
    }),
  );
  return () => calls;
};
const until = <T>(read: () => Promise<T>) => expect.poll(read, PATIENCE);
/** Waits until both see the same texts, all of them sent. */
const untilBothSee = async (texts: readonly string[]) => {
  for (const { texts: read } of [ann, bob]) await until(() => read('sent')).toEqual(texts);
};

beforeAll(async () => {
  [browser, demo] = await Promise.all([
    launchForCharts(),
    startDemo(['react-dashboard', 'vue-dashboard'], { cache: '.vite-e2e-chat' }),
  ]);
  ann = await openChat(browser, demo.urls['react-dashboard'], 'Ann');
  bob = await openChat(browser, demo.urls['vue-dashboard'], 'Bob');
});

afterAll(async () => {
  await browser.close();
  await demo[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await demo.replaceServer(); // of which nobody remembers anything
  await Promise.all([ann.join(), bob.join()]);
});

afterEach(async () => {
  await Promise.all([ann.leave(), bob.leave()]);
  expect([...ann.errors, ...bob.errors], 'errors in the console').toEqual([]);
});

describe('React and Vue', () => {
  test('see each other come and go', async () => {
    for (const { members } of [ann, bob]) await until(members).toEqual(['Ann', 'Bob']);
    await bob.leave();
    await until(ann.members).toEqual(['Ann']);
  });

  test('talk both ways', async () => {
    await ann.say('Hello from React');
    await until(bob.texts).toEqual(['Hello from React']);
    await bob.say('Hello from Vue');
    await untilBothSee(['Hello from React', 'Hello from Vue']);
  });

  test('see who types, until the message comes or nothing more does', async () => {
    await ann.composer.pressSequentially('Hel');
    await until(bob.typing).toBe('Ann is typing…');
    await ann.composer.press('Enter');
    await until(bob.texts).toEqual(['Hel']);
    expect(await bob.typing()).toBe('');

    await bob.composer.pressSequentially('Hm');
    await until(ann.typing).toBe('Bob is typing…');
    await until(ann.typing).toBe('');
    expect(await ann.texts()).toEqual(['Hel']);
  });

  test('count what they have not read', async () => {
    await ann.visit('help');
    await bob.say('one');
    await bob.say('two');
    const unread = ann.page
      .getByRole('navigation', { name: 'Rooms' })
      .getByRole('button', { name: 'general 2 unread' });
    await until(() => unread.count()).toBe(1);
    await ann.page.getByRole('tab', { name: 'Market' }).click();
    await bob.say('three');
    await until(() => ann.page.getByRole('tab', { name: 'Chat 3 unread' }).count()).toBe(1);
    expect(await ann.page.title()).toMatch(/^\(3\) /);

    await ann.page.getByRole('tab', { name: 'Chat' }).click();
    await ann.visit('general');
    expect(await ann.texts()).toEqual(['one', 'two', 'three']);
    expect(await ann.page.getByText('unread').count()).toBe(0);
  });
});

describe('history', () => {
  test('greets who comes later, each message once', async () => {
    for (const text of ['one', 'two', 'three']) await ann.say(text);
    await untilBothSee(['one', 'two', 'three']);
    for (const folder of ['react-dashboard', 'vue-dashboard'] as const) {
      const late = await comeLate(folder, 'Eve');
      await until(late.texts).toEqual(['one', 'two', 'three']);
      expect(await late.page.getByText('unread').count()).toBe(0);
    }
  });

  test('comes page by page, and its reader stays in place', async () => {
    const texts = Array.from({ length: 120 }, (_, index) => `message ${index + 1}`);
    await Promise.all([ann.leave(), bob.leave()]);
    await fillRoom(texts);
    for (const { join, page, texts: read } of [ann, bob]) {
      await join();
      await until(read).toEqual(texts.slice(-50));
      const log = page.getByRole('log');
      const message = page.getByText('message 75', { exact: true });
      const topOf = (it: Locator) => it.evaluate((element) => element.getBoundingClientRect().top);
      const place = async () => (await topOf(message)) - (await topOf(log)); // in the log, wherever that is on the page
      await log.evaluate((it) => it.scrollTo(0, 100));
      const before = await place();
      await until(read).toEqual(texts.slice(-100));
      await until(async () => Math.abs((await place()) - before)).toBeLessThan(2);

      await log.focus();
      await log.press('Home');
      await until(read).toEqual(texts);
      expect(await page.getByText('This is the beginning of #general.').count()).toBe(1);
    }
  });
});

describe('when the line is hurt', () => {
  test('what is written while it is down waits, and arrives once and in order', async () => {
    await ann.hurt('Restart', 6); // longer than it takes to write three
    for (const { page } of [ann, bob]) await until(() => page.getByText('reconnecting').count()).toBeGreaterThan(0);
    const texts = ['first', 'second', 'third'];
    for (const text of texts) await ann.say(text);
    expect(await ann.texts('pending')).toEqual(texts);
    await untilBothSee(texts);
    await bob.say('and on');
    await untilBothSee([...texts, 'and on']);
    expect(await ann.page.locator('.gap').count()).toBe(0);
  });

  test('what went into a frozen line arrives once', async () => {
    const texts = ['from React into the cold', 'from Vue into the cold'];
    await ann.hurt('Freeze', 6);
    await ann.say('from React into the cold');
    await bob.say('from Vue into the cold');
    for (const { texts: read } of [ann, bob]) expect(await read('pending')).toHaveLength(1);
    for (const { texts: read } of [ann, bob]) await until(async () => (await read('sent')).sort()).toEqual(texts);
    expect(await ann.texts()).toEqual(await bob.texts());
    for (const { members } of [ann, bob]) await until(members).toEqual(['Ann', 'Bob']);
  });

  test('what was lost with its line is sent again, in order', async () => {
    for (const { hurt, say, texts } of [ann, bob]) {
      const before = await texts();
      await hurt('Freeze', 2);
      await say('into the cold');
      await say('and after it');
      expect(await texts('pending')).toEqual(['into the cold', 'and after it']);
      await hurt('Drop'); // and the server has read nothing
      await untilBothSee([...before, 'into the cold', 'and after it']);
    }
  });

  test('what others said meanwhile is not missed', async () => {
    await bob.openDock();
    await bob.page.getByRole('button', { name: 'Disconnect' }).click();
    await ann.say('while Bob is away');
    await bob.say('while I am away');
    expect(await bob.texts()).toEqual(['while I am away']);
    await bob.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await untilBothSee(['while Bob is away', 'while I am away']);
    expect(await bob.page.locator('.gap').count()).toBe(0);
  });

  test('what could not be sent survives a reload of the page', async () => {
    for (const { name, page, say, texts } of [ann, bob]) {
      const before = await texts();
      await page.getByRole('button', { name: 'Go offline' }).click();
      await say(`${name} was here`);
      expect(await texts('pending')).toEqual([`${name} was here`]);
      await page.reload();
      await untilBothSee([...before, `${name} was here`]);
    }
  });

  test('a drop costs nothing', async () => {
    await ann.say('before');
    await ann.hurt('Drop');
    await ann.say('after');
    await untilBothSee(['before', 'after']);
  });

  test('what came while one was away for longer than the server recovers is asked for, and fills the gap in order', async () => {
    const texts = Array.from({ length: 160 }, (_, index) => `message ${index + 1}`);
    const asked = [ann, bob].map(({ page }) => countCalls(page));
    await ann.say('before');
    await untilBothSee(['before']);
    for (const { openDock, page } of [ann, bob]) {
      await openDock();
      await page.getByRole('button', { name: 'Disconnect' }).click();
    }
    await fillRoom(texts);
    for (const { page } of [ann, bob]) await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await untilBothSee(['before', ...texts]);
    for (const { page } of [ann, bob]) await until(() => page.locator('.gap').count()).toBe(0);
    for (const count of asked) expect(count()).toBe(2); // 50 of the 160 greet; the others are two pages
  });

  test('a server that has forgotten everything leaves a gap that says so', async () => {
    await ann.say('before');
    await untilBothSee(['before']);
    await demo.replaceServer();
    for (const { page } of [ann, bob]) {
      await until(() => page.locator('.gap').allTextContents()).toEqual([
        'Messages are missing here: the server no longer has them',
      ]);
    }
    await bob.say('after');
    await untilBothSee(['before', 'after']);
  });
});

describe('hostile input', () => {
  const TEXTS = [
    '<script>window.hurt = true</script><img src=x onerror="window.hurt = true">',
    'turned \u202eround',
    '👩‍🚀🦊',
    'W'.repeat(2_000),
    '{{ 1 + 1 }} ${1 + 1}',
  ];

  test('is text', async () => {
    for (const text of TEXTS) await ann.say(text);
    await untilBothSee(TEXTS);
    for (const { page } of [ann, bob]) {
      expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });

  test('that is too long is refused with the reason, and can be given up or written anew', async () => {
    for (const { composer, page, say, texts } of [ann, bob]) {
      await say('x'.repeat(10_000));
      await until(() => texts('failed')).toHaveLength(1);
      expect(await page.locator('.failure').textContent()).toContain('at most 2,000 characters; this one has 10,000');
      await page.getByRole('button', { name: 'Retry' }).click();
      await until(() => page.getByRole('button', { name: 'Edit' }).count()).toBe(1);
      await page.getByRole('button', { name: 'Edit' }).click();
      expect(await composer.inputValue()).toHaveLength(10_000);
      await composer.press('Enter');
      await page.getByRole('button', { name: 'Discard' }).click();
      expect(await texts()).toEqual([]);
      expect(await composer.evaluate((element) => element === document.activeElement)).toBe(true);
    }
  });

  test('that says nothing is not sent', async () => {
    for (const { composer, page, say } of [ann, bob]) {
      await say('   ');
      expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
      await composer.fill('');
    }
    await ann.say('something');
    await untilBothSee(['something']);
  });

  test('is no name', async () => {
    await bob.leave();
    for (const name of ['   ', 'x'.repeat(33), 'Ann\u202e']) {
      await bob.page.getByLabel('Your name').fill(name);
      await bob.page.getByRole('button', { name: 'Join' }).click();
      expect(await bob.page.getByRole('alert').textContent()).toContain('A name has');
      const described = await bob.page.getByLabel('Your name').getAttribute('aria-describedby');
      expect(await bob.page.locator(`#${described}`).textContent()).toContain('A name has');
    }
  });
});

describe('writing', () => {
  test('Enter sends, Shift+Enter breaks the line, and an input method that composes keeps its Enter', async () => {
    for (const { composer, texts } of [ann, bob]) {
      const before = await texts();
      await composer.fill('one');
      await composer.press('Shift+Enter');
      await composer.pressSequentially('two');
      await composer.evaluate((element) =>
        element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })),
      );
      expect(await texts()).toEqual(before);
      await composer.press('Enter');
      await until(texts).toEqual([...before, 'one\ntwo']);
    }
  });

  test('a draft stays with its room', async () => {
    for (const { composer, visit } of [ann, bob]) {
      await composer.fill('not yet');
      await visit('random');
      expect(await composer.inputValue()).toBe('');
      await visit('general');
      expect(await composer.inputValue()).toBe('not yet');
    }
  });
});

describe('reading', () => {
  test('stays where the reader is, and says that there is more', async () => {
    for (let line = 1; line <= 20; line++) await ann.say(`line ${line}`);
    await until(bob.texts).toHaveLength(20);
    for (const { page } of [ann, bob]) {
      const log = page.getByRole('log');
      const distance = () => log.evaluate((it) => Math.round(it.scrollHeight - it.scrollTop - it.clientHeight));
      await until(distance).toBeLessThan(8);
      await log.evaluate((it) => it.scrollTo(0, 0));
    }
    const late = await comeLate('vue-dashboard', 'Eve');
    await late.say('something new');
    for (const { page } of [ann, bob]) {
      const log = page.getByRole('log');
      const news = page.getByRole('button', { name: 'New messages' });
      await until(() => news.count()).toBe(1);
      expect(await log.evaluate((it) => it.scrollTop)).toBe(0);
      await news.click();
      await until(() => news.count()).toBe(0);
      expect(await log.evaluate((it) => it.scrollTop)).toBeGreaterThan(0);
      expect(await log.evaluate((element) => element === document.activeElement)).toBe(true);
    }
  });
});
