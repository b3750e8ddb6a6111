import { describe, expect, test, vi } from 'vitest';
import { StopReconnecting, type ChannelProtocol, type ChannelSession, type IncomingData } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { fakeProtocol } from './kit/fakeProtocol';
import { stage } from './kit/stage';

type Context = Parameters<ChannelProtocol<IncomingData, never>['open']>[0];

// What a connection does for the protocol that its channels speak.

const silent: ChannelSession = { join() {}, leave() {}, push() {}, receive() {} };

/** A line whose protocol does as the test says; the contexts it was opened with. */
function line(open: (context: Context) => ChannelSession | Promise<ChannelSession> = () => silent, settled = {}) {
  const contexts: Context[] = [];
  const predecessors: (ChannelSession | null)[] = [];
  const on = stage({
    channels: fakeProtocol({
      open(context) {
        contexts.push(context as Context);
        predecessors.push(context.previous as ChannelSession | null);
        return open(context as Context);
      },
      ...settled,
    }),
  });
  const up = async () => {
    on.up();
    await microtasks();
    return on.socket();
  };
  return { ...on, up, contexts, predecessors };
}

describe('a session', () => {
  test('opens before the line counts as connected, with frames both ways', async () => {
    const { up, status, connection } = line(async ({ send, receive }) => {
      send('hello' as never);
      if ((await receive()) !== 'welcome') throw new Error('rude');
      return silent;
    });
    const socket = await up();
    expect([socket.sent, status(), connection.channels?.session]).toEqual([['hello'], 'connecting', null]);
    socket.deliver('welcome');
    await microtasks();
    expect([status(), connection.channels?.session]).toEqual(['connected', silent]);
  });

  test('receives what comes, from the first frame after it opened', async () => {
    const received: unknown[] = [];
    const { up, heardOf } = line(async ({ receive }) => {
      await receive();
      return { ...silent, receive: (frame) => received.push(frame) };
    });
    const socket = await up();
    for (const frame of ['welcome', 'early', 'later']) socket.deliver(frame);
    await microtasks();
    expect([received, heardOf('message')]).toEqual([
      ['early', 'later'],
      ['early', 'later'],
    ]);
  });

  test('that throws on a frame makes it an invalid event', async () => {
    const receive = () => {
      throw new TypeError('gibberish');
    };
    const { up, heardOf } = line(() => ({ ...silent, receive }));
    (await up()).deliver('x');
    expect(heardOf('invalid')).toMatchObject([{ direction: 'incoming', data: 'x' }]);
  });

  test('knows who spoke before it, and is not heard once the line is over', async () => {
    let count = 0;
    const { up, contexts, predecessors, connection, environment, socket } = line(() => ({
      ...silent,
      receive: () => ++count,
    }));
    const facts = vi.fn();
    connection.channels?.onFact(facts);
    await up();
    const first = connection.channels?.session;
    socket().end(1006);
    environment.advance(10_000);
    await up();
    expect(predecessors).toEqual([null, first]);
    contexts[0]?.tell({ type: 'reply', ref: 1 });
    contexts[0]?.send('late' as never);
    contexts[1]?.tell({ type: 'reply', ref: 2 });
    expect(facts.mock.calls).toEqual([[{ type: 'reply', ref: 2 }]]);
    expect(socket().sent).toEqual([]);
  });

  test('gives nothing to a socket that is closing, which would complain', async () => {
    const { up, contexts, socket, connection } = line();
    await up();
    const send = vi.spyOn(socket(), 'send');
    connection.disconnect();
    contexts[0]?.send('late' as never);
    expect([socket().readyState, send.mock.calls]).toEqual([2, []]);
  });

  test('can give the line up, for now or for good', async () => {
    const { up, contexts, status, environment, socket } = line();
    await up();
    contexts[0]?.fail(new Error('token expired'));
    expect(status()).toBe('reconnecting');
    environment.advance(10_000);
    socket().accept();
    await microtasks();
    contexts[1]?.fail(new StopReconnecting('banned'));
    expect(status()).toBe('failed');
  });

  test('whose opening is refused is a failed attempt', async () => {
    const { up, connection } = line(() => Promise.reject(new Error('no')));
    await up();
    expect(connection.getSnapshot()).toMatchObject({
      status: 'reconnecting',
      retryAt: expect.any(Number),
      error: { code: 'handshake-rejected' },
    });
  });

  test('says how often to ping, and how long silence may last', async () => {
    const heartbeat = { message: 'ping', interval: 60_000, timeout: 9_000 };
    let interval = 1_000;
    const { up, environment, status, socket } = line(() => ({ ...silent, heartbeat: { interval } }), { heartbeat });
    await up();
    environment.advance(1_000);
    expect(socket().sent).toEqual(['ping']);
    environment.advance(8_999);
    expect(status()).toBe('connected');
    interval = 5_000;
    environment.advance(10_000);
    await up();
    environment.advance(4_999);
    expect(socket().sent).toEqual([]);
    environment.advance(1);
    expect(socket().sent).toEqual(['ping']);
  });

  test('of a server that pings is dead after so much silence', async () => {
    const { up, environment, heardOf } = line(() => ({ ...silent, idleTimeout: 3_000 }));
    await up();
    environment.advance(3_000);
    expect(heardOf('error')).toMatchObject([{ code: 'idle-timeout' }]);
  });
});

describe('a protocol', () => {
  test('makes the address, from an absolute one, before every attempt', async () => {
    const url = vi.fn((address: URL) => {
      address.searchParams.set('vsn', '2');
      return address;
    });
    const { connection, sockets, socket, environment } = line(undefined, { url });
    connection.connect();
    await microtasks();
    expect(socket().url).toBe('wss://example.test/line?vsn=2');
    socket().end(1006);
    environment.advance(10_000);
    await microtasks();
    expect([sockets.length, url.mock.calls.length]).toEqual([2, 2]);
  });

  test('that cannot make one fails the attempt', async () => {
    const url = () => Promise.reject(new StopReconnecting('no such app'));
    const { connection, status } = line(undefined, { url });
    connection.connect();
    await microtasks();
    expect(status()).toBe('failed');
  });
});

test('a session hears how its line closed, also where the app decides what becomes of it', async () => {
  const closed = vi.fn();
  const { up, status, socket } = stage({
    closeCodes: { 3014: 'stop' },
    channels: fakeProtocol({ open: () => ({ ...silent, closed }) }),
  });
  up();
  await microtasks();
  socket().end(3014, 'forget');
  expect(closed.mock.calls).toMatchObject([[{ code: 3014, reason: 'forget' }]]);
  expect(status()).toBe('disconnected');
});
