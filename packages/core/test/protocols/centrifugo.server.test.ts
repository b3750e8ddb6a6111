import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { createChannelServer, Refusal, type ChannelServer, type ChannelServerOptions } from '@tautline/server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { channel, createConnection, type ChannelOptions, type WebSocketConstructor } from '../../src/index';
import { centrifugo, history, presenceStats, rpc, type CentrifugoOptions } from '../../src/protocols/centrifugo';

const QUICK = { initialDelay: 20, maxDelay: 100 };
const eventually = (assert: () => void): Promise<void> => vi.waitFor(assert, { timeout: 8_000, interval: 5 });
const inSeconds = (seconds: number) => Date.now() + seconds * 1_000;

async function serve(options: Omit<ChannelServerOptions, 'server' | 'port'> = {}) {
  const sockets = new Set<Socket>();
  const http = createServer().on('connection', (socket) => sockets.add(socket));
  const server = createChannelServer({ server: http, ...options });
  http.listen(0, '127.0.0.1');
  onTestFinished(async () => {
    await server.close({ timeout: 0 });
    http.close();
  });
  const url = `ws://127.0.0.1:${await server.whenListening()}/connection/websocket`;
  return {
    server,
    drop() {
      for (const socket of sockets) socket.destroy();
    },
    connect(protocol: CentrifugoOptions = {}) {
      const connection = createConnection(url, {
        WebSocket: WebSocket as unknown as WebSocketConstructor, // its events have more fields
        channels: centrifugo(protocol),
        reconnect: QUICK,
      });
      onTestFinished(() => connection.dispose());
      const enter = (topic: string, given: ChannelOptions = {}) => {
        const room = channel(connection, topic, { rejoin: QUICK, ...given });
        const heard: unknown[] = [];
        room.on('*', ({ event, payload }) => heard.push([event, payload]));
        room.retain();
        return { room, heard, status: () => room.getSnapshot().status };
      };
      connection.connect();
      return { connection, enter };
    },
  };
}

describe('a token on the live line', () => {
  test('of the connection is renewed, and the line stays', async () => {
    const reasons: string[] = [];
    const { connect } = await serve({
      authorize({ token, reason }) {
        reasons.push(`${reason} with ${token}`);
        return { user: 'ann', expiresAt: inSeconds(reason === 'connect' ? 1 : 60) };
      },
    });
    let issued = 0;
    const { connection } = connect({ token: () => `token ${++issued}` });
    await eventually(() => expect(reasons).toEqual(['connect with token 1', 'refresh with token 2']));
    expect(connection.getSnapshot().status).toBe('connected');
  });

  test('of a channel is renewed, and the channel stays joined', async () => {
    const reasons: string[] = [];
    const { connect } = await serve({
      channels: {
        '*': {
          authorize({ token, reason }) {
            reasons.push(`${reason} with ${token}`);
            return { expiresAt: inSeconds(reason === 'subscribe' ? 1 : 60) };
          },
        },
      },
    });
    let issued = 0;
    const { enter } = connect({ subscriptionToken: async ({ channel: name }) => `${name} ${++issued}` });
    const { status } = enter('news');
    await eventually(() => expect(reasons).toEqual(['subscribe with news 1', 'refresh with news 2']));
    expect(status()).toBe('joined');
  });

  test('that has expired costs one more attempt', async () => {
    let issued = 0;
    const { connect } = await serve({
      authorize({ token }) {
        if (token === 'token 1') throw new Refusal('token-expired');
        return { user: token };
      },
    });
    const { connection } = connect({ token: () => `token ${++issued}` });
    await connection.whenConnected();
    expect(issued).toBe(2);
  });

  test('of a channel that has expired costs one more join', async () => {
    let issued = 0;
    const { connect } = await serve({
      channels: {
        '*': {
          authorize({ token }) {
            if (token === 'token 1') throw new Refusal('token-expired');
            return true;
          },
        },
      },
    });
    const { status } = connect({ subscriptionToken: () => `token ${++issued}` }).enter('news');
    await eventually(() => expect(status()).toBe('joined'));
    expect(issued).toBe(2);
  });
});

describe('recovery', () => {
  test('delivers what was published meanwhile, and says that nothing is missing', async () => {
    const { server, connect } = await serve();
    const { connection, enter } = connect();
    const { room, heard, status } = enter('news');
    await eventually(() => expect(status()).toBe('joined'));
    server.publish('news', 1);
    await eventually(() => expect(heard).toHaveLength(1));
    connection.disconnect();
    for (const n of [2, 3, 4]) server.publish('news', n);
    connection.connect();
    await eventually(() => expect(heard).toEqual([1, 2, 3, 4].map((n) => ['publication', n])));
    expect(room.getSnapshot().recovered).toBe(true);
  });

  test('says what is missing when the history is too short', async () => {
    const { server, connect } = await serve({ channels: { '*': { history: { size: 2 } } } });
    const { connection, enter } = connect();
    const { room, status, heard } = enter('news');
    await eventually(() => expect(status()).toBe('joined'));
    server.publish('news', 0);
    await eventually(() => expect(heard).toHaveLength(1));
    connection.disconnect();
    for (const n of [1, 2, 3, 4]) server.publish('news', n);
    connection.connect();
    await eventually(() => expect(status()).toBe('joined'));
    expect(room.getSnapshot().recovered).toBe(false);
  });
});

describe("the server's own channels", () => {
  const personal: ChannelServerOptions = {
    authorize: () => ({ user: 'ann', channels: ['ann#inbox'] }),
    channels: { '*': { authorize: () => false }, 'ann#*': {} },
  };

  test('are joined without asking, and recovered', async () => {
    const { server, connect, drop } = await serve(personal);
    const { connection, enter } = connect();
    await connection.whenConnected();
    const { room, heard, status } = enter('ann#inbox');
    await eventually(() => expect(status()).toBe('joined'));
    server.publish('ann#inbox', { text: 'hi' }, { event: 'mail' });
    await eventually(() => expect(heard).toEqual([['mail', { text: 'hi' }]]));
    drop();
    server.publish('ann#inbox', { text: 'missed?' }, { event: 'mail' });
    await eventually(() => expect(heard).toHaveLength(2));
    await eventually(() => expect(status()).toBe('joined'));
    expect(heard[1]).toEqual(['mail', { text: 'missed?' }]);
    expect(room.getSnapshot().recovered).toBe(true);
  });
});

describe('a call', () => {
  const methods: ChannelServerOptions = {
    rpc: {
      add: ({ data }) => (data as number[]).reduce((sum, each) => sum + each, 0), // as the test calls it
      refuse() {
        throw new Refusal(418, { message: 'short and stout' });
      },
    },
  };

  test('is answered by the backend, or refused', async () => {
    const { connection } = (await serve(methods)).connect();
    expect(await rpc(connection, 'add', [1, 2, 3])).toBe(6);
    await expect(rpc(connection, 'refuse')).rejects.toMatchObject({
      name: 'ChannelError',
      message: 'short and stout',
      reason: { code: 418 },
    });
    await expect(rpc(connection, 'nothing')).rejects.toMatchObject({ reason: { code: 104 } });
  });

  test('reads the history by pages, in both directions', async () => {
    const { server, connect } = await serve();
    const { connection, enter } = connect();
    const { status } = enter('news');
    await eventually(() => expect(status()).toBe('joined'));
    for (const n of [1, 2, 3, 4, 5]) server.publish('news', n);
    const page = async (options?: Parameters<typeof history>[2]) =>
      (await history(connection, 'news', options)).publications.map(({ data }) => data);
    const { publications, offset, epoch } = await history(connection, 'news');
    expect([publications, offset]).toEqual([[], 5]);
    expect(await page({ limit: 2 })).toEqual([1, 2]);
    expect(await page({ limit: -1, since: { offset: 3, epoch } })).toEqual([4, 5]);
    expect(await page({ limit: 2, reverse: true })).toEqual([5, 4]);
    await expect(page({ since: { offset: 1, epoch: 'other' } })).rejects.toMatchObject({ reason: { code: 112 } });
  });

  test('counts who is there', async () => {
    const { connect } = await serve({ channels: { '*': { presence: true } }, authorize: () => ({ user: 'ann' }) });
    const [one, other] = [connect(), connect()];
    const rooms = [one.enter('news'), other.enter('news')];
    await eventually(() => expect(rooms.map(({ status }) => status())).toEqual(['joined', 'joined']));
    expect(await presenceStats(one.connection, 'news')).toEqual({ users: 1, clients: 2 });
  });
});

describe('a disconnect by the server', () => {
  const known: ChannelServerOptions = { authorize: () => ({ user: 'ann' }) };
  const kick = async (code: number): Promise<[ChannelServer, () => string, string[]]> => {
    const { server, connect } = await serve(known);
    const { connection } = connect();
    const statuses: string[] = [];
    connection.on('connected', () => statuses.push('connected'));
    await connection.whenConnected();
    server.disconnect('ann', { code });
    return [server, () => connection.getSnapshot().status, statuses];
  };

  test.each([3001, 3005, 3010, 3011, 3012, 4001])('with %i is followed by another connection', async (code) => {
    const [, , statuses] = await kick(code);
    await eventually(() => expect(statuses).toEqual(['connected', 'connected']));
  });

  test.each([3500, 3503, 4500])('with %i is final', async (code) => {
    const [, status] = await kick(code);
    await eventually(() => expect(status()).toBe('disconnected'));
  });
});
