import type { ServerStatus } from '@tautline-examples/shared';
import { IDLE_SNAPSHOT, type ConnectionSnapshot } from '@tautline/core';
import { describe, expect, it } from 'vitest';
import { formatUptime, serverStateOf } from './serverState';

const STATUS: ServerStatus = {
  type: 'status',
  condition: 'up',
  clients: 2,
  streams: 1,
  uptime: 1_000,
  cpu: 0.1,
  processBytes: 1e8,
};
const away = (code: number): Partial<ConnectionSnapshot> => ({
  status: 'reconnecting',
  attempt: 3,
  retryAt: 2_000,
  close: { code, reason: '', wasClean: code !== 1006 },
});

describe('the state of the server', () => {
  it.each<[string, Partial<ConnectionSnapshot>, ServerStatus['condition'] | null, string, string]>([
    ['before the first attempt', {}, null, 'Connecting', ''],
    ['at the first attempt', { status: 'connecting' }, null, 'Connecting', ''],
    ['connected, before it said anything', { status: 'connected' }, null, 'Connecting', ''],
    ['well', { status: 'connected' }, 'up', 'Up', ''],
    [
      'frozen',
      { status: 'connected' },
      'frozen',
      'Frozen',
      'Says nothing and hears nothing, but keeps its sockets open',
    ],
    ['refusing', { status: 'connected' }, 'refusing', 'Refusing', 'Takes no new lines'],
    ['slow', { status: 'connected' }, 'slow', 'Slow', 'Everything arrives late'],
    ['restarting', away(1012), 'up', 'Restarting', 'attempt 3 in 1.5 s'],
    ['gone', away(1006), 'up', 'Not reachable', 'attempt 3 in 1.5 s'],
    ['without a network', { ...away(1006), paused: 'offline' }, 'up', 'Not reachable', 'waits: offline'],
  ])('%s', (_case, snapshot, condition, label, detail) => {
    const newest = condition ? { ...STATUS, condition } : undefined;
    expect(serverStateOf({ ...IDLE_SNAPSHOT, ...snapshot }, newest, 500)).toMatchObject({ label, detail });
  });
});

it.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [65_000, '1 min 5 s'],
  [3_600_000 * 3 + 60_000 * 12, '3 h 12 min'],
])('writes %i ms as %s', (milliseconds, text) => {
  expect(formatUptime(milliseconds)).toBe(text);
});
