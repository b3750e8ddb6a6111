import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { build, createServer, preview, type InlineConfig } from 'vite';
import { CHAT_PATH } from '../../examples/shared/src';
import { DEFAULTS, type Config } from '../../examples/server/src/config';
import { createExampleServer, type ExampleServer } from '../../examples/server/src/server';
import { resolveChromium } from '../../scripts/chromium.mjs';
import { launchBrowser } from '../support/browser';
import { freePort } from '../support/freePort';

/** How long a page may take to show something. */
export const PATIENCE = { timeout: 15_000 };

export type Folder = 'react-dashboard' | 'vue-dashboard';
export type Site = Folder | 'start';

/** The example server and some of its dashboards, on ports that are free. */
export interface Demo<F extends Site> extends AsyncDisposable {
  readonly urls: Readonly<Record<F, string>>;
  /** Where the chat is, for who comes without a page. */
  readonly chat: string;
  /** Ends the server and starts another on its port, which knows nothing of what was before. */
  replaceServer(): Promise<void>;
}

interface DemoOptions {
  /** A folder name for what Vite makes: test files run side by side, and must not share one. */
  readonly cache: string;
  /** As `pnpm demo` serves them, with the frameworks' warnings; else built, which loads much faster. @default false */
  readonly inDevelopment?: boolean;
}

export async function startDemo<F extends Site>(
  folders: readonly F[],
  { cache, inDevelopment = false }: DemoOptions,
): Promise<Demo<F>> {
  const port = await freePort();
  const pages: { folder: F; port: number; url: string }[] = [];
  for (const folder of folders) {
    const pagePort = await freePort();
    pages.push({ folder, port: pagePort, url: `http://127.0.0.1:${pagePort}/` });
  }
  const config: Config = {
    ...DEFAULTS,
    port,
    marketRate: 200, // Playwright hears of every frame, which costs the page far more than the frame
    origins: pages.map(({ url }) => new URL(url).origin),
  };
  let server: ExampleServer = createExampleServer(config);
  await server.listen();

  process.env['VITE_SERVER_PORT'] = String(port);
  const sites = await Promise.all(pages.map((page) => (inDevelopment ? serveSources : serveBuild)(page, cache)));
  return {
    urls: Object.fromEntries(pages.map(({ folder, url }) => [folder, url])) as Record<F, string>, // one for each
    chat: `ws://127.0.0.1:${port}${CHAT_PATH}`,
    async replaceServer() {
      await server.close();
      server = createExampleServer(config);
      await server.listen();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(sites.map((site) => site.close()));
      await server.close();
    },
  };
}

interface Place {
  readonly folder: Site;
  readonly port: number;
}

const rootOf = (folder: Site) => fileURLToPath(new URL(`../../examples/${folder}`, import.meta.url));

async function serveSources({ folder, port }: Place, cache: string) {
  const root = rootOf(folder);
  const vite = await createServer({
    root,
    configFile: `${root}/vite.config.ts`,
    cacheDir: `node_modules/${cache}`,
    logLevel: 'error',
    server: { host: '127.0.0.1', port, hmr: false, watch: null },
  });
  return vite.listen();
}

async function serveBuild({ folder, port }: Place, cache: string) {
  const root = rootOf(folder);
  const options = {
    root,
    configFile: `${root}/vite.config.ts`,
    logLevel: 'error',
    resolve: { conditions: ['tautline-source'] },
    build: { outDir: `node_modules/${cache}`, emptyOutDir: true, minify: false, reportCompressedSize: false },
    preview: { host: '127.0.0.1', port, strictPort: true },
  } satisfies InlineConfig;
  await build(options);
  return preview(options);
}

/** A browser with a language: without one Chromium calls itself `en-US@posix`, and uPlot, which hands that to `Intl`, does not load. */
export function launchForCharts(): Promise<Browser> {
  return launchBrowser({ env: { ...resolveChromium().env, LC_ALL: 'en_US.UTF-8' } });
}

/** Opens the dock, where the line is hurt and counted. */
export async function openDock(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Hurt the line' });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
}

export interface LedgerRow {
  readonly from: number;
  readonly to: number;
}

/** The ledger as the page shows it: messages from and to the server. */
export async function readLedger(page: Page): Promise<Record<string, LedgerRow>> {
  const rows = await page
    .locator('.ledger tbody tr')
    .evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  const count = (text = '') => Number(text.replaceAll(',', ''));
  return Object.fromEntries(rows.map(([label = '', from, to]) => [label, { from: count(from), to: count(to) }]));
}

/** What the badge in the dock says, in lower case: the frameworks capitalise differently. */
export async function readStatus(page: Page): Promise<string> {
  return ((await page.locator('.dock .strip [role=status]').textContent()) ?? '').trim().toLowerCase();
}
