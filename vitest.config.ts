import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

// Packages test against each other's sources.
const conditions = ['tautline-source', 'module', 'browser', 'node', 'development|production'];
const source = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  test: {
    projects: [
      { ...source, test: { name: 'core', environment: 'node', include: ['packages/core/{src,test}/**/*.test.ts'] } },
      {
        ...source,
        plugins: [react()],
        test: { name: 'react', environment: 'jsdom', include: ['packages/react/{src,test}/**/*.test.{ts,tsx}'] },
      },
      {
        ...source,
        plugins: [vue()],
        test: { name: 'vue', environment: 'jsdom', include: ['packages/vue/{src,test}/**/*.test.{ts,tsx}'] },
      },
      { ...source, test: { name: 'examples', environment: 'node', include: ['examples/**/*.test.ts'] } },
    ],
  },
});
