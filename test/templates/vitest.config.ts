import { defineConfig } from 'vitest/config';

/** Run by `pnpm templates`, which has installed and built what is looked at here. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/templates/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
