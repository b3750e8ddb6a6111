/**
 * What decides (the two machines, the wire, the queue) is broken in every small way there is, one at a time: its
 * tests have to notice. `docs/mutation.md` says how to read it, and lists what they do not notice, and why.
 *
 * @type {import('@stryker-mutator/core').PartialStrykerOptions}
 */
export default {
  mutate: [
    'packages/core/src/{machine,wire}/**/*.ts',
    'packages/core/src/runtime/queue.ts',
    'packages/core/src/channel/{state,transition}.ts',
    '!**/*.test.ts',
  ],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', './test/mutation/errorWords.mjs'],
  ignorers: ['error-words'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000, // on a busy machine, slow is not endless
  incremental: true,
  incrementalFile: 'node_modules/.cache/stryker/incremental.json',
  // Both lie where every tool looks away already.
  tempDirName: 'coverage/stryker',
  jsonReporter: { fileName: 'coverage/mutation.json' },
  ignorePatterns: [
    'bench',
    'docs',
    'examples',
    'packages/{react,vue,server}',
    'scripts',
    '.changeset',
    '.ci',
    '.github',
  ],
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { logTests: false, allowEmojis: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
