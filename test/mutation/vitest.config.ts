import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const inNode = ['tautline-source', ...defaultServerConditions];

/** What is beside the sources notices most, and fastest. */
class TablesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (moduleId.includes('/src/') ? 0 : 1);
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** The fast tests of what is mutated: pure, or on fakes. */
export default defineConfig({
  resolve: { conditions: inNode },
  ssr: { resolve: { conditions: inNode } },
  test: {
    environment: 'node',
    include: [
      'packages/core/src/{channel,machine,wire}/*.test.ts',
      'packages/core/test/{codecs,connection,edges,handshake,inspect,lifecycle,liveness,options,queue,reconnect,requests,rules}.test.ts',
      'packages/core/test/channels/{channel,delivery,facts,membership}.test.ts',
    ],
    exclude: ['**/properties.test.ts'],
    testTimeout: 60_000, // several run at once, and some count to a thousand
    setupFiles: ['test/mutation/seed.ts'],
    sequence: { sequencer: TablesFirst },
  },
});
