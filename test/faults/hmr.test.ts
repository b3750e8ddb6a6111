import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import type { Browser } from 'playwright';
import { createServer, defaultClientConditions, type InlineConfig } from 'vite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser';
import { freePort } from '../support/freePort';
import { endsWithTest, eventually, ID, routeToScript } from './lab';

const URL_OF_PAGE = `new URLSearchParams(location.search).get('url')`;

/** A component by its words, and an edit that cannot be patched in: the framework takes it down and puts another up. */
interface Framework {
  readonly file: string;
  readonly main: string;
  readonly plugins: InlineConfig['plugins'];
  readonly dependencies: readonly string[];
  source(words: string): string;
  remounted(words: string): string;
}

const REACT: Framework = {
  file: 'App.jsx',
  main: `import { createElement, StrictMode } from 'react';
    import { createRoot } from 'react-dom/client';
    import { App } from './App.jsx';
    createRoot(document.body.appendChild(document.createElement('main'))).render(
      createElement(StrictMode, null, createElement(App)));`,
  plugins: [react()],
  dependencies: ['react', 'react/jsx-dev-runtime', 'react-dom/client'],
  source: (words) => `import { useWebSocket } from '@tautline/react';
    export function App() {
      const { status } = useWebSocket(${URL_OF_PAGE});
      return <p>${words}, {status}</p>;
    }`,
  // Other hooks than before: what they held is of no use.
  remounted: (words) => `import { useMemo } from 'react';
    import { useWebSocket } from '@tautline/react';
    export function App() {
      const words = useMemo(() => '${words}', []);
      const { status } = useWebSocket(${URL_OF_PAGE});
      return <p>{words}, {status}</p>;
    }`,
};

const VUE: Framework = {
  file: 'App.vue',
  main: `import { createApp } from 'vue';
    import App from './App.vue';
    createApp(App).mount(document.body.appendChild(document.createElement('main')));`,
  plugins: [vue()],
  dependencies: ['vue'],
  source: (words) => `<script setup>
    import { useWebSocket } from '@tautline/vue';
    const { status } = useWebSocket(${URL_OF_PAGE});
    </script>
    <template><p>${words}, {{ status }}</p></template>`,
  remounted: (words) => `<script setup>
    import { useWebSocket } from '@tautline/vue';
    const words = '${words}';
    const { status } = useWebSocket(${URL_OF_PAGE});
    </script>
    <template><p>{{ words }}, {{ status }}</p></template>`,
};

/** A folder with a component in it, and Vite's dev server for it. */
async function serve({ file, main, plugins, dependencies, source }: Framework) {
  const root = await mkdtemp(join(tmpdir(), 'tautline-hmr-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(root, 'node_modules'));
  await writeFile(join(root, 'index.html'), `<!doctype html><body><script type="module">${main}</script></body>`);
  await writeFile(join(root, file), source('one'));

  const port = await freePort();
  const vite = await createServer({
    root,
    configFile: false,
    cacheDir: join(root, '.vite'),
    logLevel: 'error',
    plugins: [plugins],
    resolve: { conditions: ['tautline-source', ...defaultClientConditions], dedupe: ['react', 'vue'] },
    // Found late, one of these would make Vite reload the page.
    optimizeDeps: { include: [...dependencies], exclude: ['@tautline/core', '@tautline/react', '@tautline/vue'] },
    server: { host: '127.0.0.1', port, strictPort: true, fs: { strict: false }, watch: null },
  });
  endsWithTest({ [Symbol.asyncDispose]: () => vite.close() });
  await vite.listen();
  return {
    url: `http://127.0.0.1:${port}/`,
    async edit(text: string) {
      await writeFile(join(root, file), text);
      vite.watcher.emit('change', join(root, file)); // what the system tells comes late, and of quick edits not always
    },
  };
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each([
  ['React', REACT],
  ['Vue', VUE],
])('a component of %s that is edited while it runs', (_, framework) => {
  test('keeps its socket, whether it is patched or put up anew', async () => {
    const { server, url } = await routeToScript();
    const site = await serve(framework);
    const { page, context, errors } = await openPage(browser, `${site.url}?${new URLSearchParams({ url: url() })}`);
    onTestFinished(() => context.close());
    const untilShown = (words: string) =>
      eventually(async () => expect(await page.locator('p').textContent()).toBe(`${words}, connected`));
    await untilShown('one');
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));

    for (const words of ['two', 'three']) {
      await site.edit(framework.source(words));
      await untilShown(words);
    }
    for (const words of ['four', 'five']) {
      await site.edit(framework.remounted(words));
      await untilShown(words);
    }
    await site.edit(framework.source('six'));
    await untilShown('six');

    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    expect(server.seen(ID)).toMatchObject({ accepted: 1, open: 1 });
    expect(errors).toEqual([]);
  });
});
