import { UnauthorizedError, type SubscribedContext } from 'centrifuge';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Refusal, type ChannelServerOptions } from '../src';
import { next, official, record, serve } from './support';

describe('after a drop, the official client', () => {
  it('gets what it missed, in order, and is told that this is all', async () => {
    const { url, server, drop } = await serve();
    const room = official(url, { minReconnectDelay: 20 }).newSubscription('room');
    const log = record(room);
    room.subscribe();
    await room.ready();
    server.publish('room', 1);
    await vi.waitFor(() => expect(log).toEqual([1]));
    const again = next<SubscribedContext>(room, 'subscribed');
    const lost = next(room, 'subscribing');
    drop();
    await lost;
    for (const data of [2, 3]) server.publish('room', data);
    expect(await again).toMatchObject({ wasRecovering: true, recovered: true, hasRecoveredPublications: true });
    server.publish('room', 4);
    await vi.waitFor(() => expect(log).toEqual([1, 2, 3, 4]));
  });

  it('is told when something is missing, and nothing of what is left', async () => {
    const { url, server, drop } = await serve({ channels: { '*': { history: { size: 2 } } } });
    const room = official(url, { minReconnectDelay: 20 }).newSubscription('room');
    const log = record(room);
    room.subscribe();
    await room.ready();
    const again = next<SubscribedContext>(room, 'subscribed');
    const lost = next(room, 'subscribing');
    drop();
    await lost;
    for (const data of [1, 2, 3]) server.publish('room', data);
    expect(await again).toMatchObject({ wasRecovering: true, recovered: false });
    server.publish('room', 4);
    await vi.waitFor(() => expect(log).toEqual([4]));
  });
});

describe('server-side subscriptions of the official client', () => {
  it('begin with the connection, are recovered after a drop, and end when the server says so', async () => {
    const { url, server, drop } = await serve({ authorize: () => ({ user: 'ann', channels: ['news', '__proto__'] }) });
    const client = official(url, { minReconnectDelay: 20 });
    const log: unknown[] = [];
    client.on('publication', ({ channel, data }) => log.push([channel, data]));
    const subscribed: string[] = [];
    client.on('subscribed', ({ channel }) => subscribed.push(channel));
    await client.ready();
    expect(subscribed).toContain('news');
    server.publish('news', 1);
    await vi.waitFor(() => expect(log).toEqual([['news', 1]]));

    const again = next<{ recovered: boolean }>(client, 'subscribed');
    const lost = next(client, 'connecting');
    drop();
    await lost;
    server.publish('news', 2);
    expect(await again).toMatchObject({ recovered: true });
    await vi.waitFor(() =>
      expect(log).toEqual([
        ['news', 1],
        ['news', 2],
      ]),
    );

    const ended = next<{ channel: string }>(client, 'unsubscribed');
    server.unsubscribe('ann', 'news');
    expect(await ended).toEqual({ channel: 'news' });
    expect(server.presence('news')).toEqual([]);
  });
});

describe('what the server ends, for the official client,', () => {
  it('is a subscription: for good below 2500, to be asked for again from there on', async () => {
    const { url, server } = await serve({ authorize: () => ({ user: 'ann' }) });
    const room = official(url).newSubscription('room');
    room.subscribe();
    await room.ready();
    const again = next<SubscribedContext>(room, 'subscribed');
    server.unsubscribe('ann', 'room', { code: 2500, reason: 'try again' });
    expect(await again).toMatchObject({ recovered: true });
    const ended = next(room, 'unsubscribed');
    server.unsubscribe('ann', 'room');
    expect(await ended).toEqual({ channel: 'room', code: 2000, reason: 'server unsubscribe' });
  });

  it('is a line: for good by default, and of one connection only if that is meant', async () => {
    const { url, server } = await serve({ authorize: ({ token }) => ({ user: token }) });
    const [one, other] = [official(url, { token: 'ann' }), official(url, { token: 'ann' })];
    const bob = official(url, { token: 'bob' });
    const [{ client }] = await Promise.all([next<{ client: string }>(one, 'connected'), other.ready(), bob.ready()]);
    const back = next<{ code: number }>(one, 'connecting');
    server.disconnect('ann', { client, code: 3011, reason: 'force reconnect' });
    expect(await back).toMatchObject({ code: 3011 });
    expect(other.state).toBe('connected');
    const over = next(other, 'disconnected');
    server.disconnect('ann');
    expect(await over).toEqual({ code: 3503, reason: 'force disconnect' });
    expect(bob.state).toBe('connected');
    expect(() => server.disconnect('ann', { code: 1000 })).toThrow(RangeError);
  });
});

describe('tokens of the official client', () => {
  it('are refused: for good, for now, or because they have expired', async () => {
    const outcomes = async (authorize: NonNullable<ChannelServerOptions['authorize']>) => {
      const { url } = await serve({ authorize, onError: () => {} });
      const client = official(url, { token: 'a token' });
      return Promise.race([
        next<{ code: number }>(client, 'disconnected').then(({ code }) => ({ final: true, code })),
        next<{ error: { code: number } }>(client, 'error').then(({ error: { code } }) => ({ final: false, code })),
      ]);
    };
    const refuse = (refusal: Error) => () => {
      throw refusal;
    };
    expect(await outcomes(() => null)).toEqual({ final: true, code: 3500 });
    expect(await outcomes(refuse(new Refusal('permission-denied')))).toEqual({ final: true, code: 103 });
    expect(await outcomes(refuse(new Refusal('too-many-requests')))).toEqual({ final: false, code: 111 });
    expect(await outcomes(refuse(new Error('a bug')))).toEqual({ final: false, code: 100 });
    expect(await outcomes(() => ({ expiresAt: Date.now() - 1 }))).toEqual({ final: false, code: 109 });
    expect(await outcomes(() => ({ channels: ['x'.repeat(10)], data: 1n }))).toEqual({ final: false, code: 100 });
  });

  it('are renewed on the live line, and only for the same user', async () => {
    const users = ['ann', 'ann', 'bob'];
    const { url } = await serve({ authorize: ({ token }) => ({ user: token, expiresAt: Date.now() + 10 }) });
    const client = official(url, { getToken: async () => users.shift() ?? 'nobody' });
    const over = next(client, 'disconnected');
    const connected = vi.fn();
    client.on('connected', connected);
    expect(await over).toEqual({ code: 3500, reason: 'invalid token' });
    expect(connected).toHaveBeenCalledTimes(1);
    expect(users).toEqual([]);
  });

  it('that are not renewed close the line with 3005 after the grace, and it comes back with others', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now()); // or it could expire before it is looked at
    onTestFinished(() => now.mockRestore());
    const { url } = await serve({
      authorize: ({ token }) => ({ user: token, expiresAt: Date.now() + 1 }),
      limits: { expiryGrace: 1 },
    });
    const client = official(url, { token: 'ann' });
    await client.ready();
    expect(await next<{ code: number }>(client, 'connecting')).toMatchObject({ code: 3005 });
  });
});

describe('tokens of channels', () => {
  it('are renewed while subscribed', async () => {
    let asked = 0;
    const authorize = vi.fn(() => ({ expiresAt: Date.now() + 10, data: 'welcome' }));
    const { url } = await serve({ channels: { '*': { authorize } } });
    const room = official(url).newSubscription('room', { getToken: async () => `token ${++asked}` });
    const subscribed = next<SubscribedContext>(room, 'subscribed');
    room.subscribe();
    expect(await subscribed).toMatchObject({ data: 'welcome' });
    await vi.waitFor(() => expect(authorize).toHaveBeenCalledTimes(2), { timeout: 3_000 });
    expect(authorize).toHaveBeenLastCalledWith(
      expect.objectContaining({ token: 'token 2', reason: 'refresh', channel: 'room' }),
    );
    expect(room.state).toBe('subscribed');
  });

  it('that are not renewed end the subscription, which asks again', async () => {
    const { url } = await serve({
      channels: { '*': { authorize: () => ({ expiresAt: Date.now() + 5 }) } },
      limits: { expiryGrace: 1 },
    });
    const room = official(url).newSubscription('room');
    room.subscribe();
    await room.ready();
    const again = next(room, 'subscribed');
    expect(await next(room, 'subscribing')).toEqual({ channel: 'room', code: 2501, reason: 'subscription expired' });
    await again;
  });

  it('are refused, and the line goes on', async () => {
    const { url } = await serve({ channels: { 'room:*': { authorize: ({ token }) => token === 'good' } } });
    const client = official(url);
    const denied = client.newSubscription('room:1', { token: 'bad' });
    const over = next(denied, 'unsubscribed');
    denied.subscribe();
    expect(await over).toMatchObject({ code: 103 });
    const nowhere = client.newSubscription('hall');
    const unknown = next(nowhere, 'unsubscribed');
    nowhere.subscribe();
    expect(await unknown).toMatchObject({ code: 102 });
    const good = client.newSubscription('room:2', { getToken: async () => 'good' });
    good.subscribe();
    await good.ready();
    const given = client.newSubscription('room:3', {
      getToken: async () => {
        throw new UnauthorizedError('');
      },
    });
    const unauthorized = next(given, 'unsubscribed');
    given.subscribe();
    await unauthorized;
    expect(client.state).toBe('connected');
  });
});
