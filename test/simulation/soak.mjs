// `pnpm soak [lane]`: other seeds each time, until it is stopped, or SEEDS of them from FROM on.
import { argv, env, exit } from 'node:process';
import { startVitest } from 'vitest/node';

const LANES = new Map([
  [
    'simulation',
    { project: 'simulation', file: 'test/simulation/seeds', says: 'everything, on a simulated network (the default)' },
  ],
  [
    'ledger',
    { project: 'faults', file: 'test/faults/ledger', says: 'what is sent and heard over real sockets that fail' },
  ],
]);

const [name = 'simulation'] = argv.slice(2).filter((each) => each !== '--');
const lane = LANES.get(name);
if (!lane) {
  const lanes = [...LANES].map(([each, { says }]) => `  ${each.padEnd(12)}${says}`);
  console.log(
    ['Usage: pnpm soak [lane]', '', ...lanes, '', 'SEEDS=100 ends it after so many, FROM=7 begins there.'].join('\n'),
  );
  exit(/^(-h|--help|help)$/.test(name) ? 0 : 1);
}

env.FROM ??= String(Date.now() % 1_000_000_000);
env.SEEDS ??= 'Infinity';
const vitest = await startVitest('test', [lane.file], {
  project: [lane.project],
  testNamePattern: 'from seed',
  watch: false,
});
await vitest.close();
