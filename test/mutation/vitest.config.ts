import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const inNode = ['tautline-source', ...defaultServerConditions];

/** The fast tests of what is mutated: pure, or on fakes. Properties live the same lives in every run. */
export default defineConfig({
  resolve: { conditions: inNode },
  ssr: { resolve: { conditions: inNode } },
  test: {
    environment: 'node',
    include: [
      'packages/core/src/{channel,machine,wire}/*.test.ts',
      'packages/core/test/{codecs,connection,edges,handshake,lifecycle,liveness,options,queue*,reconnect,rules}.test.ts',
      'packages/core/test/channels/{channel,delivery,facts,membership}.test.ts',
    ],
    setupFiles: ['test/mutation/seed.ts'],
  },
});
