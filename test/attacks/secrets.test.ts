import { channel, createConnection, type InspectRecord } from '@tautline/core';
import { centrifugo } from '@tautline/core/protocols/centrifugo';
import { envelope } from '@tautline/core/protocols/envelope';
import { phoenix } from '@tautline/core/protocols/phoenix';
import { pusher } from '@tautline/core/protocols/pusher';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { fakeWebSockets } from '../../packages/core/test/kit/fakeWebSocket';
import { startVictim, type Victim } from './startVictim';
import { sign } from './tokens';

const SECRET = 'tok3n';

let victim: Victim;
beforeAll(async () => {
  victim = await startVictim();
  return () => victim[Symbol.asyncDispose]();
});

let records: InspectRecord[] = [];
const inspect = (record: InspectRecord) => void records.push(record);
let printed: unknown[] = [];

beforeEach(() => {
  [records, printed] = [[], []];
  for (const name of ['log', 'warn', 'error'] as const) {
    vi.spyOn(console, name).mockImplementation((...args) => void printed.push(args));
  }
});
afterEach(() => vi.restoreAllMocks());

/** Everything that is told of a connection, as a log would have it. */
const everythingTold = () => JSON.stringify([records, printed], (_, value: unknown) => describeErrors(value));
const describeErrors = (value: unknown) => (value instanceof Error ? [value.message, value.stack, value.cause] : value);

describe('what is told of a connection has no token in it', () => {
  const options = { WebSocket, inspect };

  it.each(['envelope', 'centrifugo'] as const)('in the frames of %s, let in or not', async (name) => {
    for (const token of [sign('ann'), sign('ann', { secret: 'a guess' }), SECRET]) {
      using connection =
        name === 'envelope'
          ? createConnection(victim.url, { ...options, channels: envelope({ token: () => token }) })
          : createConnection(victim.url, {
              ...options,
              channels: centrifugo({ token: () => token, subscriptionToken: () => token }),
            });
      const room = channel(connection, 'lobby');
      room.retain();
      await vi.waitUntil(() => {
        const { status } = connection.getSnapshot();
        return room.getSnapshot().status === 'joined' || status === 'disconnected' || status === 'failed';
      });
      expect(records.some(({ type }) => type === 'transition')).toBe(true);
      expect(everythingTold()).not.toContain(token);
    }
  });

  it.each([
    ['the URL', () => createConnection(`ws://ann:${SECRET}@127.0.0.1:1/?token=${SECRET}`, options)],
    [
      'the params of phoenix',
      () => createConnection('ws://127.0.0.1:1', { ...options, channels: phoenix({ params: { token: SECRET } }) }),
    ],
    [
      'the `authToken` of phoenix',
      () => createConnection('ws://127.0.0.1:1', { ...options, channels: phoenix({ authToken: SECRET }) }),
    ],
    [
      'a token that no header can carry',
      () =>
        createConnection('ws://127.0.0.1:1', { ...options, channels: phoenix({ authToken: `${SECRET}\u{1f98a}` }) }),
    ],
    ['subprotocols', () => createConnection('ws://127.0.0.1:1', { ...options, protocols: ['v1', SECRET] })],
    ['a URL that is none', () => createConnection(() => `ws://[?token=${SECRET}`, options)],
  ])('in %s', async (_, create) => {
    using connection = create();
    connection.connect();
    await vi.waitUntil(() => connection.getSnapshot().error ?? connection.getSnapshot().close);
    expect(everythingTold()).not.toContain(SECRET);
    expect(everythingTold()).not.toContain(btoa(SECRET).replace(/=/g, ''));
  });

  it('in what the endpoint of pusher signed', async () => {
    const { WebSocket, sockets } = fakeWebSockets();
    using connection = createConnection('ws://127.0.0.1:1', {
      WebSocket,
      inspect,
      channels: pusher({ key: 'key', authorize: () => Promise.resolve({ auth: `key:${SECRET}` }) }),
    });
    const room = channel(connection, 'private-room');
    room.retain();
    const socket = await vi.waitUntil(() => sockets[0]);
    socket.accept();
    socket.deliver('{"event":"pusher:connection_established","data":{"socket_id":"1.2"}}');
    await vi.waitUntil(() => socket.sent.some((frame) => String(frame).includes(SECRET)));
    expect(everythingTold()).not.toContain(SECRET);
  });
});
