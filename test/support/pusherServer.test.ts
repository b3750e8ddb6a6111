import Pusher, { type Channel, type Options, type PresenceChannel } from 'pusher-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPusherServer, type PusherServer } from './pusherServer';

/** The official client knows the protocol; what satisfies it, speaks it. */
describe('the Pusher server, used by pusher-js', () => {
  let server: PusherServer;
  let clients: Pusher[] = [];

  beforeEach(async () => {
    server = await startPusherServer();
  });
  afterEach(async () => {
    clients.forEach((client) => client.disconnect());
    clients = [];
    await server[Symbol.asyncDispose]();
  });

  function connect(user?: string, options: Partial<Options> = {}): Pusher {
    const client = new Pusher(server.key, {
      cluster: 'none',
      wsHost: '127.0.0.1',
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ['ws'],
      channelAuthorization: {
        endpoint: server.authEndpoint,
        transport: 'ajax',
        ...(user && { headers: { authorization: server.auth.credentials(user) } }),
      },
      ...options,
    });
    clients.push(client);
    return client;
  }
  const heard = (channel: Channel, event: string) => {
    const calls: unknown[] = [];
    channel.bind(event, (data: unknown) => calls.push(data));
    return calls;
  };
  const subscribed = async (client: Pusher, name: string) => {
    const channel = client.subscribe(name);
    await vi.waitFor(() => expect(channel.subscribed).toBe(true));
    return channel;
  };
  const connected = (client: Pusher) => vi.waitFor(() => expect(client.connection.state).toBe('connected'));

  it('welcomes it with a socket id', async () => {
    const client = connect();
    await connected(client);
    expect(client.connection.socket_id).toMatch(/^\d+\.\d+$/);
  });

  it('tells the members of a public channel what is published, and nobody else', async () => {
    const news = await subscribed(connect(), 'news');
    const other = await subscribed(connect(), 'other');
    const calls = heard(news, 'headline');
    const others = heard(other, 'headline');
    server.publish('news', 'headline', { text: 'héadline' });
    server.publish('other', 'last', null);
    await vi.waitFor(() => expect(calls).toEqual([{ text: 'héadline' }]));
    expect(others).toEqual([]);
    expect(server.members('news')).toBe(1);
  });

  it('lets it into a private channel that the endpoint signed', async () => {
    const client = connect('ann');
    await subscribed(client, 'private-room');
    expect(server.auth.requests).toMatchObject([
      { socketId: client.connection.socket_id, channels: ['private-room'], isBatch: false, status: 200 },
    ]);
    expect(server.joins('private-room')).toBe(1);
  });

  it('does not let it in where the endpoint refuses', async () => {
    const errors = heard(connect('ann').subscribe('private-denied'), 'pusher:subscription_error');
    await vi.waitFor(() => expect(errors).toMatchObject([{ type: 'AuthError', status: 403 }]));
    expect(server.joins('private-denied')).toBe(0);
  });

  it('does not let it in with a signature for another socket', async () => {
    const forged = { auth: server.auth.sign('1.1', 'private-room') };
    const client = connect('ann', {
      channelAuthorization: {
        endpoint: '',
        transport: 'ajax',
        customHandler: (_, callback) => callback(null, forged),
      },
    });
    const errors = heard(client.subscribe('private-room'), 'pusher:subscription_error');
    await vi.waitFor(() => expect(errors).toMatchObject([{ type: 'AuthError', status: 401 }]));
    expect(server.members('private-room')).toBe(0);
  });

  it('refuses what its name says', async () => {
    const client = connect();
    const refused = heard(client.subscribe('refused-1'), 'pusher:subscription_error');
    const busy = heard(client.subscribe('busy-1'), 'pusher:subscription_error');
    await vi.waitFor(() => expect([refused, busy]).toMatchObject([[{ status: 403 }], [{ status: 503 }]]));
  });

  it('tells who is present, and counts a user with two sockets once', async () => {
    const room = await subscribed(connect('ann'), 'presence-room');
    const added = heard(room, 'pusher:member_added');
    const removed = heard(room, 'pusher:member_removed');
    const first = connect('bob');
    const second = connect('bob');
    const { members } = (await subscribed(first, 'presence-room')) as PresenceChannel; // by its prefix
    await subscribed(second, 'presence-room');
    expect(members).toMatchObject({ count: 2, myID: 'bob', members: { ann: { name: 'ANN' }, bob: {} } });

    first.disconnect();
    await vi.waitFor(() => expect(server.members('presence-room')).toBe(2));
    expect(removed).toEqual([]);
    second.unsubscribe('presence-room');
    await vi.waitFor(() => expect(removed).toMatchObject([{ id: 'bob' }]));
    expect(added).toEqual([{ id: 'bob', info: { name: 'BOB' } }]);
  });

  it('passes events of clients on to the other members', async () => {
    const ann = await subscribed(connect('ann'), 'presence-room');
    const bob = await subscribed(connect('bob'), 'presence-room');
    const own = heard(ann, 'client-typing');
    const users: unknown[] = [];
    bob.bind('client-typing', (data: unknown, { user_id }: { user_id: string }) => users.push([user_id, data]));
    ann.trigger('client-typing', { on: true });
    await vi.waitFor(() => expect(users).toEqual([['ann', { on: true }]]));
    expect(own).toEqual([]);
  });

  it('refuses events of clients on public channels, and more than ten in a second', async () => {
    const client = connect('ann');
    const errors: unknown[] = [];
    client.connection.bind('error', ({ data }: { data: { code: number } }) => errors.push(data.code));
    const news = await subscribed(client, 'news');
    const room = await subscribed(client, 'private-room');
    const calls = heard(await subscribed(connect('bob'), 'private-room'), 'client-move');

    news.trigger('client-move', {});
    for (let at = 0; at < 11; at++) room.trigger('client-move', { at });
    await vi.waitFor(() => expect(errors).toEqual([4009, 4301]));
    await vi.waitFor(() => expect(calls).toHaveLength(10));
  });

  it('signs again for the socket that follows a lost one', async () => {
    const client = connect('ann');
    await subscribed(client, 'private-room');
    const before = client.connection.socket_id;
    server.drop();
    await vi.waitFor(() => expect(server.joins('private-room')).toBe(2), 5_000);
    expect(client.connection.socket_id).not.toBe(before);
    expect(server.auth.requests.map(({ socketId }) => socketId)).toEqual([before, client.connection.socket_id]);
    expect(server.members('private-room')).toBe(1);
  });

  it('is back on the same port after a restart, and has forgotten who was there', async () => {
    const client = connect();
    await subscribed(client, 'news');
    const restarted = server.restart();
    client.disconnect(); // it waits 15 s if it is refused meanwhile
    await restarted;
    expect(server.members('news')).toBe(0);
    await subscribed(connect(), 'news');
  });

  it('answers pings, and hears what answers its own', async () => {
    const client = connect(undefined, { activityTimeout: 50, pongTimeout: 10_000 });
    await connected(client);
    await vi.waitFor(() => expect(server.received.map(({ event }) => event)).toContain('pusher:ping'));
    server.broadcast({ event: 'pusher:ping', data: {} });
    await vi.waitFor(() => expect(server.received.map(({ event }) => event)).toContain('pusher:pong'));
    expect(client.connection.state).toBe('connected');
  });

  it('says for good what a client must not try again', async () => {
    const client = connect();
    await connected(client);
    server.close(4003, 'Application disabled');
    await vi.waitFor(() => expect(client.connection.state).toBe('disconnected'));
    const stranger = new Pusher('other-key', { ...client.config, cluster: 'none', forceTLS: false });
    clients.push(stranger);
    await vi.waitFor(() => expect(stranger.connection.state).toBe('disconnected'));
  });

  it('ends channels in the ways that Pusher has', async () => {
    const client = connect('ann');
    const errors = heard(await subscribed(client, 'private-closed'), 'pusher:subscription_error');
    server.end('private-closed', 'close');
    await vi.waitFor(() => expect(errors).toMatchObject([{ status: 403 }]));
    expect(server.members('private-closed')).toBe(0);
    await subscribed(client, 'private-crashed');
    server.end('private-crashed', 'crash');
    await vi.waitFor(() => expect(server.joins('private-crashed')).toBe(2));
  });

  it('answers slow channels when it is told to, and cache channels with what was said last', async () => {
    const client = connect();
    const slow = client.subscribe('slow-1');
    const empty = heard(client.subscribe('cache-a'), 'pusher:cache_miss');
    server.publish('cache-b', 'price', 7);
    const full = heard(client.subscribe('cache-b'), 'price');
    await vi.waitFor(() => expect([empty.length, full]).toEqual([1, [7]]));
    expect(slow.subscribed).toBe(false);
    server.release();
    await vi.waitFor(() => expect(slow.subscribed).toBe(true));
  });

  it('refuses credentials that have expired', async () => {
    const client = connect('ann');
    const room = await subscribed(client, 'private-room');
    const errors = heard(room, 'pusher:subscription_error');
    server.expire();
    await vi.waitFor(() => expect(errors).toMatchObject([{ status: 401 }]), 5_000);
  });

  it('signs many channels in one request', async () => {
    const body = JSON.stringify({ socket_id: '1.2', channels: ['private-a', 'private-denied', 'presence-b'] });
    const headers = { 'content-type': 'application/json', authorization: server.auth.credentials('ann') };
    const answer = await (await fetch(server.authEndpoint, { method: 'POST', headers, body })).json();
    const channel_data = '{"user_id":"ann","user_info":{"name":"ANN"}}';
    expect(answer).toEqual({
      'private-a': { auth: server.auth.sign('1.2', 'private-a') },
      'presence-b': { auth: server.auth.sign('1.2', 'presence-b', channel_data), channel_data },
    });
  });
});
