import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backoff } from '../../../packages/core/src/machine/backoff';
import type { MachineOptions } from '../../../packages/core/src/machine/state';
import { channelMachine } from './channelMachine';
import { connectionMachine } from './connectionMachine';
import { explore, type Exploration } from './explore';

/** The rows of the tables in the docs, without their frames. */
const ROWS = readFileSync(new URL('../../../docs/simulation.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.replace(/ +/g, ' ').replace(/^\| | \|$/g, ''));

const backoff: Backoff = {
  initialDelay: 1_000,
  maxDelay: 2_000,
  factor: 2,
  jitter: 'none',
  maxAttempts: 2,
  minUptime: 1_000,
};

const plain: MachineOptions = {
  reconnect: backoff,
  connectTimeout: 1_000,
  closeTimeout: 1_000,
  heartbeat: null,
  idleTimeout: Infinity,
  lifecycle: { hiddenAfter: Infinity },
};

const heartbeat = { interval: 2_000, timeout: 1_000 };

/** The options that change what the machine does. */
const CONNECTIONS: Readonly<Record<string, MachineOptions>> = {
  'as it is': plain,
  'with a heartbeat': { ...plain, heartbeat },
  'with an idle timeout': { ...plain, idleTimeout: 2_000 },
  'with a limit while hidden': { ...plain, lifecycle: { hiddenAfter: 1_000 } },
  'with a heartbeat and an idle timeout': { ...plain, heartbeat, idleTimeout: 2_000 },
  'without reconnecting': { ...plain, heartbeat, reconnect: null },
  'without any wait': { ...plain, reconnect: { ...backoff, initialDelay: 0, minUptime: 0 }, heartbeat },
  'with endless patience': { ...plain, connectTimeout: Infinity, closeTimeout: Infinity },
};

const CHANNELS = {
  'as it is': { joinTimeout: 1_000, rejoin: backoff },
  'with endless patience': { joinTimeout: Infinity, rejoin: backoff },
  'without joining again': { joinTimeout: 1_000, rejoin: null },
  'without any wait': { joinTimeout: 1_000, rejoin: { ...backoff, initialDelay: 0, minUptime: 0 } },
};

const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0; // each lost line makes an error
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const count = (number: number) => number.toLocaleString('en-US');

function expectExplored(machine: string, name: string, { states, transitions, broken }: Exploration): void {
  expect(Object.fromEntries(broken)).toEqual({});
  expect(ROWS).toContain([machine, name, count(states), count(transitions)].join(' | '));
}

describe('every state of a connection keeps the rules, whatever happens in it, and the docs say how many there are', () => {
  test.each(Object.entries(CONNECTIONS))('%s', { timeout: 0 }, (name, options) => {
    expectExplored('connection', name, explore(connectionMachine(options)));
  });
});

describe('every state of a membership keeps the rules, whatever happens in it, and the docs say how many there are', () => {
  test.each(Object.entries(CHANNELS))('%s', (name, options) => {
    expectExplored('membership', name, explore(channelMachine(options)));
  });
});
