import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../src';
import { next, official, record, serve } from './support';

const names = { '*': { publish: true, presence: true } };

describe('the official client', () => {
  it('connects, and is told what the server has to tell it', async () => {
    const { url } = await serve({
      authorize: ({ token, data, headers }) => ({ user: token, data: { hello: data, from: headers['user-agent'] } }),
    });
    const client = official(url, { token: 'ann', data: { page: 1 } });
    const { data } = await next<{ data: unknown }>(client, 'connected');
    expect(data).toEqual({ hello: { page: 1 } });
  });

  it('subscribes and gets what others publish, and what it publishes itself', async () => {
    const { url, server } = await serve({ channels: names });
    const [one, other] = [official(url), official(url)].map((client) => client.newSubscription('room'));
    const logs = [one, other].map((each) => record(each!));
    for (const each of [one, other]) each!.subscribe();
    await Promise.all([one!.ready(), other!.ready()]);
    await one!.publish({ text: 'hi' });
    server.publish('room', { text: 'from the server' });
    server.publish('room', 5, { event: 'count' });
    const all = [{ text: 'hi' }, { text: 'from the server' }, { event: 'count', payload: 5 }];
    await vi.waitFor(() => expect(logs).toEqual([all, all]));
  });

  it('sees who is there, who comes and who goes', async () => {
    const { url } = await serve({
      channels: { '*': { presence: true, authorize: () => ({ info: { colour: 'red' } }) } },
      authorize: ({ token }) => ({ user: token, info: { name: token } }),
    });
    const ann = official(url, { token: 'ann' }).newSubscription('room', { joinLeave: true });
    const seen: string[] = [];
    ann
      .on('join', ({ info }) => seen.push(`${info.user} came`))
      .on('leave', ({ info }) => seen.push(`${info.user} went`));
    ann.subscribe();
    await ann.ready();
    const client = official(url, { token: 'bob' });
    const bob = client.newSubscription('room');
    bob.subscribe();
    await bob.ready();
    const { clients } = await ann.presence();
    expect(Object.values(clients)).toEqual([
      expect.objectContaining({ user: 'ann', connInfo: { name: 'ann' }, chanInfo: { colour: 'red' } }),
      expect.objectContaining({ user: 'bob', connInfo: { name: 'bob' }, chanInfo: { colour: 'red' } }),
    ]);
    expect(await ann.presenceStats()).toEqual({ numUsers: 2, numClients: 2 });
    client.disconnect();
    await vi.waitFor(() => expect(seen).toEqual(['ann came', 'bob came', 'bob went']));
  });

  it('reads the history by pages, in both directions', async () => {
    const { url, server } = await serve();
    for (let index = 1; index <= 5; index++) server.publish('room', index);
    const room = official(url).newSubscription('room');
    room.subscribe();
    await room.ready();
    const dataOf = ({ publications }: { publications: { data: unknown }[] }) => publications.map(({ data }) => data);
    const top = await room.history({});
    expect(top).toMatchObject({ offset: 5, publications: [] });
    expect(dataOf(await room.history({ limit: 2 }))).toEqual([1, 2]);
    expect(dataOf(await room.history({ limit: -1, since: { offset: 2, epoch: top.epoch } }))).toEqual([3, 4, 5]);
    expect(dataOf(await room.history({ limit: 2, reverse: true }))).toEqual([5, 4]);
    expect(dataOf(await room.history({ limit: 9, reverse: true, since: { offset: 3, epoch: top.epoch } }))).toEqual([
      2, 1,
    ]);
    await expect(room.history({ since: { offset: 1, epoch: 'another' } })).rejects.toMatchObject({ code: 112 });
  });

  it('calls procedures, and gets their errors', async () => {
    const { url } = await serve({
      rpc: {
        add: ({ data }) => (data as number[]).reduce((sum, each) => sum + each, 0), // as the test calls it
        refuse: () => {
          throw new Refusal(418, { message: 'short and stout' });
        },
        break: () => {
          throw new Error('a secret');
        },
      },
      onError: () => {},
    });
    const client = official(url);
    expect(await client.rpc('add', [1, 2, 3])).toEqual({ data: 6 });
    await expect(client.rpc('refuse', {})).rejects.toMatchObject({ code: 418, message: 'short and stout' });
    await expect(client.rpc('break', {})).rejects.toMatchObject({ code: 100, message: 'internal server error' });
    await expect(client.rpc('__proto__', {})).rejects.toMatchObject({ code: 104 });
  });

  it('may send messages that nobody answers, and stays connected', async () => {
    const { url } = await serve({ rpc: { time: () => 5 } });
    const client = official(url);
    const codes: number[] = [];
    client.on('connecting', ({ code }) => codes.push(code));
    client.on('disconnected', ({ code }) => codes.push(code));
    await client.ready();
    await client.send({ hello: 1 });
    expect(await client.rpc('time', {})).toEqual({ data: 5 });
    expect(codes).toEqual([]);
  });
});
