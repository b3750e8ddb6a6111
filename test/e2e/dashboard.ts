import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { createServer } from 'vite';
import { DEFAULTS, type Config } from '../../examples/server/src/config';
import { createExampleServer, type ExampleServer } from '../../examples/server/src/server';
import { resolveChromium } from '../../scripts/chromium.mjs';
import { launchBrowser } from '../support/browser';
import { freePort } from '../support/freePort';

/** How long a page may take to show something. */
export const PATIENCE = { timeout: 15_000 };

/** The example server and one dashboard of it, as `pnpm demo` starts them, on ports that are free. */
export interface Dashboard extends AsyncDisposable {
  readonly url: string;
  /** Ends the server and starts another on its port, which knows nothing of what was before. */
  replaceServer(): Promise<void>;
}

export async function startDashboard(folder: 'react-dashboard' | 'vue-dashboard'): Promise<Dashboard> {
  const [port, pagePort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${pagePort}/`;
  const config: Config = { ...DEFAULTS, port, marketRate: 2_000, origins: [new URL(url).origin] };
  let server: ExampleServer = createExampleServer(config);
  await server.listen();

  process.env['VITE_SERVER_PORT'] = String(port);
  const root = fileURLToPath(new URL(`../../examples/${folder}`, import.meta.url));
  const vite = await createServer({
    root,
    configFile: `${root}/vite.config.ts`,
    cacheDir: 'node_modules/.vite-e2e',
    logLevel: 'error',
    server: { host: '127.0.0.1', port: pagePort, hmr: false, watch: null },
  });
  await vite.listen();

  return {
    url,
    async replaceServer() {
      await server.close();
      server = createExampleServer(config);
      await server.listen();
    },
    async [Symbol.asyncDispose]() {
      await vite.close();
      await server.close();
    },
  };
}

/** A browser with a language: without one Chromium calls itself `en-US@posix`, and uPlot, which hands that to `Intl`, does not load. */
export function launchForCharts(): Promise<Browser> {
  return launchBrowser({ env: { ...resolveChromium().env, LC_ALL: 'en_US.UTF-8' } });
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

/** What the badge in the header says, in lower case: the frameworks capitalise differently. */
export async function readStatus(page: Page): Promise<string> {
  return ((await page.locator('.header [role=status]').textContent()) ?? '').trim().toLowerCase();
}
