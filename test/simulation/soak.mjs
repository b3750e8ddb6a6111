// `pnpm soak`: other seeds each time, until it is stopped, or SEEDS of them from FROM on.
import { startVitest } from 'vitest/node';

process.env.FROM ??= String(Date.now() % 1_000_000_000);
process.env.SEEDS ??= 'Infinity';
const vitest = await startVitest('test', ['seeds'], {
  project: ['simulation'],
  testNamePattern: 'rules',
  watch: false,
});
await vitest.close();
