import Pusher from 'pusher-js';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startPusherServer, type PusherServer } from '../../../../test/support/pusherServer';
import { channel, createConnection, type Environment } from '../../src/index';
import { pusher, type PusherAuthorizeBatchRequest, type PusherOptions } from '../../src/protocols/pusher';

const QUICK = { initialDelay: 20, maxDelay: 100 };

let server: PusherServer;
beforeAll(async () => {
  server = await startPusherServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  server.auth.status = 200;
});

const eventually = (assert: () => void) => vi.waitFor(assert, { timeout: 4_000, interval: 5 });

function connect(user: string, options: Partial<PusherOptions> = {}, environment: Partial<Environment> = {}) {
  const { key, authEndpoint, auth } = server;
  const headers = () => ({ authorization: auth.credentials(user) });
  const connection = createConnection(server.url, {
    WebSocket,
    channels: pusher({ key, authEndpoint, headers, authorizeSpread: 50, ...options }),
    reconnect: QUICK,
    lifecycle: { environment },
  });
  onTestFinished(() => connection.dispose());
  const enter = (topic: string) => {
    const room = channel(connection, topic, { rejoin: QUICK });
    room.retain();
    return room;
  };
  const join = async (topic: string) => {
    const room = enter(topic);
    await eventually(() => expect(room.getSnapshot().status).toBe('joined'));
    return room;
  };
  return { connection, enter, join };
}

/** One request for many channels, as an app would write it. */
async function authorizeBatch({ socketId, channels, signal }: PusherAuthorizeBatchRequest) {
  const headers = { 'content-type': 'application/json', authorization: server.auth.credentials('ann') };
  const body = JSON.stringify({ socket_id: socketId, channels });
  const response = await fetch(server.authEndpoint, { method: 'POST', headers, body, signal });
  return (await response.json()) as Record<string, { auth: string }>; // by the server above
}

describe('the app’s server', () => {
  it('is asked once for all channels of a line, and again for the next line', async () => {
    const topics = ['private-1', 'private-2', 'presence-3'];
    const { connection, join } = connect('ann', { authorizeBatch });
    const before = server.auth.requests.length;
    await Promise.all([...topics, 'news'].map(join));
    connection.reconnect();
    await eventually(() => expect(topics.map(server.joins)).toEqual([2, 2, 2]));
    const [first, second, ...rest] = server.auth.requests.slice(before);
    expect([first, second]).toMatchObject([
      { channels: topics, isBatch: true },
      { channels: topics, isBatch: true },
    ]);
    expect(second?.socketId).not.toBe(first?.socketId);
    expect(rest).toEqual([]);
  });

  it('does not see all clients at once when they come back', async () => {
    const SPREAD = 500;
    const clients = Array.from({ length: 10 }, (_, at) =>
      connect('ann', { authorizeBatch, authorizeSpread: SPREAD }, { random: () => at / 10 }),
    );
    await Promise.all(clients.map(({ join }) => join('private-herd')));
    const before = server.auth.requests.length;
    server.drop();
    await eventually(() => expect(server.auth.requests.length).toBe(before + 10));
    const times = server.auth.requests.slice(before).map(({ at }) => at);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(SPREAD / 2);
    await eventually(() => expect(server.members('private-herd')).toBe(10));
  });

  it('that refuses is believed, and the other channels do not notice', async () => {
    const { enter, join, connection } = connect('ann');
    const [denied] = [enter('private-denied'), await join('private-allowed')];
    await eventually(() => expect(denied.getSnapshot().status).toBe('failed'));
    expect(denied.getSnapshot().error).toMatchObject({ name: 'ChannelRefusal', reason: { status: 403 } });
    expect(server.joins('private-denied')).toBe(0);
    expect(connection.getSnapshot().status).toBe('connected');
  });

  it('that is overloaded is asked again', async () => {
    server.auth.status = 503;
    const room = connect('ann').enter('private-busy-app');
    await eventually(() => expect(room.getSnapshot().error).toMatchObject({ reason: { status: 503 } }));
    server.auth.status = 200;
    await eventually(() => expect(room.getSnapshot()).toMatchObject({ status: 'joined', error: null }));
  });
});

describe('beside pusher-js', () => {
  function official(user: string) {
    const client = new Pusher(server.key, {
      cluster: 'none',
      wsHost: '127.0.0.1',
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ['ws'],
      channelAuthorization: {
        endpoint: server.authEndpoint,
        transport: 'ajax',
        headers: { authorization: server.auth.credentials(user) },
      },
    });
    onTestFinished(() => client.disconnect());
    return client;
  }

  it('events go both ways, whatever they carry', async () => {
    const theirs = official('ben').subscribe('private-both');
    const ours = await connect('ann', { clientEvents: ['said'] }).join('private-both');
    const [byThem, byUs]: [unknown[], unknown[]] = [[], []];
    theirs.bind('client-said', (data: unknown) => byThem.push(data));
    ours.on('said', (payload) => byUs.push(payload));
    await eventually(() => expect(theirs.subscribed).toBe(true));

    const payloads = [{ n: 1 }, [1, 2], 'text', '1', 7, null];
    for (const payload of payloads) await ours.send('said', payload);
    await eventually(() => expect(byThem).toEqual(payloads));
    theirs.trigger('client-said', { n: 2 });
    await eventually(() => expect(byUs).toEqual([{ n: 2 }]));
  });

  it('shows the same people', async () => {
    const ours = await connect('ann').join('presence-both');
    const client = official('ben');
    client.subscribe('presence-both');
    await eventually(() => expect(ours.presence).toMatchObject([{ id: 'ann' }, { id: 'ben', info: { name: 'BEN' } }]));
    const second = connect('ben');
    await second.join('presence-both');
    client.disconnect();
    await eventually(() => expect(server.members('presence-both')).toBe(2));
    expect(ours.presence.map(({ id }) => id)).toEqual(['ann', 'ben']);
    second.connection.disconnect();
    await eventually(() => expect(ours.presence.map(({ id }) => id)).toEqual(['ann']));
  });
});

describe('the server', () => {
  it('never finds a client too eager', async () => {
    const { join, connection } = connect('ann', { clientEvents: ['move'] });
    const invalid = vi.fn();
    connection.on('invalid', invalid);
    const [ann, ben] = [
      await join('private-moves'),
      await connect('ben', { clientEvents: ['move'] }).join('private-moves'),
    ];
    const heard: unknown[] = [];
    ben.on('move', (at) => heard.push(at));
    const moves = Array.from({ length: 15 }, (_, at) => at);
    await Promise.all(moves.map((at) => ann.send('move', at)));
    await eventually(() => expect(heard).toEqual(moves));
    expect(invalid).not.toHaveBeenCalled();
  });

  it('is believed when it says that it is for good', async () => {
    const { connection } = connect('ann', { key: 'other-key' });
    connection.connect();
    await eventually(() =>
      expect(connection.getSnapshot()).toMatchObject({ status: 'disconnected', close: { code: 4001 } }),
    );
  });

  it('closes with 4200, and the client is back soon', async () => {
    const room = await connect('ann').join('news-4200');
    server.end('news-4200', 'crash');
    await eventually(() => expect(server.joins('news-4200')).toBe(2));
    await eventually(() => expect(room.getSnapshot()).toMatchObject({ status: 'joined', recovered: false }));
  });
});
