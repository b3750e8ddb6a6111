import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { resolveChromium } from './scripts/chromium.mjs';

// Packages test against each other's sources.
const inNode = ['tautline-source', ...defaultServerConditions];
const node = { resolve: { conditions: inNode }, ssr: { resolve: { conditions: inNode } } };
/** Long enough for a busy machine: only a hang takes longer, and no test times anything. In milliseconds. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };
const oldestVue = fileURLToPath(new URL('test/vue-3.4/node_modules/vue', import.meta.url));
const page = { resolve: { conditions: ['tautline-source', ...defaultClientConditions] } };

export default defineConfig({
  test: {
    // Vitest leaves one core to itself. On two that would mean one file after another, and half of them only wait.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        ...node,
        test: { ...patience, name: 'core', environment: 'node', include: ['packages/core/{src,test}/**/*.test.ts'] },
      },
      {
        ...node,
        plugins: [react()],
        test: {
          ...patience,
          name: 'react',
          environment: 'jsdom',
          include: ['packages/react/{src,test}/**/*.test.{ts,tsx}'],
        },
      },
      {
        ...node,
        resolve: { conditions: inNode, alias: [{ find: /^react(-dom)?(?=\/|$)/, replacement: 'react$1-18' }] },
        plugins: [react()],
        test: {
          ...patience,
          name: 'react-18',
          environment: 'jsdom',
          include: ['packages/react/{src,test}/**/*.test.{ts,tsx}'],
          setupFiles: ['packages/react/test/react18.ts'],
        },
      },
      {
        ...node,
        plugins: [vue()],
        test: {
          ...patience,
          name: 'vue',
          environment: 'jsdom',
          include: ['packages/vue/{src,test}/**/*.test.{ts,tsx}'],
        },
      },
      {
        ...node,
        resolve: { conditions: inNode, alias: [{ find: /^vue(?=\/|$)/, replacement: oldestVue }] },
        plugins: [vue()],
        test: {
          ...patience,
          name: 'vue-3.4',
          environment: 'jsdom',
          include: ['packages/vue/{src,test}/**/*.test.{ts,tsx}'],
          setupFiles: ['packages/vue/test/vue34.ts'],
        },
      },
      {
        ...node,
        test: {
          ...patience,
          name: 'server',
          environment: 'node',
          include: ['packages/server/{src,test}/**/*.test.ts'],
        },
      },
      {
        ...node,
        test: { ...patience, name: 'examples', environment: 'node', include: ['examples/**/*.test.ts'] },
      },
      {
        ...node,
        plugins: [vue()],
        test: {
          ...patience,
          name: 'docs',
          environment: 'node',
          include: ['docs/**/*.test.{ts,tsx}', 'test/*.test.ts'],
        },
      },
      {
        ...node,
        test: {
          ...patience,
          name: 'e2e',
          environment: 'node',
          include: ['test/{e2e,support}/**/*.test.ts'],
        },
      },
      {
        ...node,
        test: {
          ...patience,
          name: 'attacks',
          environment: 'node',
          include: ['test/attacks/**/*.test.ts'],
          maxWorkers: 1, // when all others are done: each attack takes what a machine has, and has to be over in time
        },
      },
      {
        ...node,
        test: {
          ...patience,
          name: 'faults',
          environment: 'node',
          include: ['test/faults/**/*.test.ts'],
        },
      },
      {
        ...node,
        test: {
          ...patience,
          name: 'clients',
          environment: 'node',
          include: ['test/clients/**/*.test.ts'],
          isolate: false, // half the time goes into imports that they share
        },
      },
      {
        ...node,
        plugins: [react()],
        test: { ...patience, name: 'guard', environment: 'node', include: ['bench/guard/**/*.test.{ts,tsx}'] },
      },
      {
        ...node,
        test: { ...patience, name: 'simulation', environment: 'node', include: ['test/simulation/**/*.test.ts'] },
      },
      {
        ...page,
        plugins: [react(), vue()],
        // Found late, one of these makes Vite reload the page in mid-test on a first run.
        optimizeDeps: {
          include: [
            'react',
            'react/jsx-dev-runtime',
            'react-dom/client',
            'vue',
            'vitest-browser-react',
            'vitest-browser-vue',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: ['test/browser/servers.ts'],
          expect: { poll: { timeout: 5_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumOrNothing() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});

/** Without a Chromium the other projects still run; `test/browser/servers.ts` then says what is missing. */
function chromiumOrNothing() {
  try {
    return resolveChromium();
  } catch {
    return {};
  }
}
