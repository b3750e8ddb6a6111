import { describe, expect, it, vi } from 'vitest';
import { Refusal, type ChannelServerOptions } from '../src';
import { connectRaw } from './rawClient';
import { official, record, serve } from './support';

const setUp = async (options: Omit<ChannelServerOptions, 'port' | 'server'>) => {
  const { url, server } = await serve(options);
  return { server, url, connect: () => connectRaw(url) };
};

describe('presence in the envelope', () => {
  it('begins with who is there, and tells who comes and goes', async () => {
    const { connect, server } = await setUp({
      authorize: ({ token }) => ({ user: token, info: { name: token } }),
      channels: { '*': { presence: true, authorize: ({ data }) => ({ info: { role: data } }) } },
    });
    const [ann, bob] = [await connect(), await connect()];
    await ann.ask({ type: 'connect', id: 1, payload: { token: 'ann' } });
    await ann.ask({ type: 'subscribe', id: 2, topic: 'room', payload: 'host' });
    const members = server.presence('room').map(({ client }) => client);
    const annInRoom = { id: 'ann', ref: members[0], info: { name: 'ann', role: 'host' } };
    expect(ann.frames.slice(1)).toEqual([
      { type: 'ack', id: 2, position: expect.any(String) },
      { type: 'presence', topic: 'room', state: [annInRoom] },
      { type: 'presence', topic: 'room', joins: [annInRoom], leaves: [] },
    ]);

    bob.send({ type: 'subscribe', id: 1, topic: 'room' });
    const anonymous = { id: expect.any(String), ref: expect.any(String), info: { name: '' } };
    await vi.waitFor(() =>
      expect(ann.frames[4]).toEqual({ type: 'presence', topic: 'room', joins: [anonymous], leaves: [] }),
    );
    bob.socket.terminate();
    await vi.waitFor(() =>
      expect(ann.frames[5]).toEqual({ type: 'presence', topic: 'room', joins: [], leaves: [anonymous] }),
    );
  });

  it('is not told where the channel does not show it', async () => {
    const { connect } = await setUp({});
    const client = await connect();
    await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
    await client.ask({ type: 'unsubscribe', id: 2, topic: 'room' });
    expect(client.frames.filter(({ type }) => type === 'presence')).toEqual([]);
  });
});

describe('refusals in the envelope', () => {
  it('of a subscribe say why, and whether to try again', async () => {
    const { connect } = await setUp({
      channels: {
        private: { authorize: () => false },
        busy: {
          authorize: () => {
            throw new Refusal('too-many-requests', { message: 'full', data: { queue: 3 } });
          },
        },
        unwritable: {
          authorize: () => {
            throw new Refusal(400, { data: 1n });
          },
        },
      },
      onError: () => {},
    });
    const client = await connect();
    const ask = (id: number, topic: string) => client.ask({ type: 'subscribe', id, topic });
    expect(await ask(1, 'private')).toEqual({ type: 'error', id: 1, message: 'permission denied', code: 403 });
    const full = { type: 'error', id: 2, message: 'full', code: 429, payload: { queue: 3 }, retry: true };
    expect(await ask(2, 'busy')).toEqual(full);
    expect(await ask(3, 'nowhere')).toMatchObject({ code: 404 });
    expect(await ask(4, 'unwritable')).toMatchObject({ code: 500, retry: true });
  });

  it('of a second subscribe leave the first alone', async () => {
    const { connect, server } = await setUp({});
    const client = await connect();
    await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
    expect(await client.ask({ type: 'subscribe', id: 2, topic: 'room' })).toMatchObject({ code: 409 });
    server.publish('room', 'once');
    await client.ask({ type: 'unsubscribe', id: 3, topic: 'room' });
    expect(client.frames.filter(({ type }) => type === 'event')).toHaveLength(1);
  });

  it('of a publish: who is not subscribed, and a channel in which clients do not publish', async () => {
    const { connect } = await setUp({ channels: { open: { publish: true }, '*': {} } });
    const client = await connect();
    const publish = (id: number, topic: string) => client.ask({ type: 'publish', id, topic, event: 'say' });
    expect(await publish(1, 'open')).toMatchObject({ type: 'error', code: 403 });
    await client.ask({ type: 'subscribe', id: 2, topic: 'other' });
    expect(await publish(3, 'other')).toMatchObject({ type: 'error', code: 403 });
  });
});

describe('what is for the server alone', () => {
  it('is called, with or without a topic', async () => {
    const { connect } = await setUp({
      rpc: { where: ({ data, channel }) => ({ data, channel }), nothing: () => undefined },
    });
    const client = await connect();
    const reply = await client.ask({ type: 'call', id: 1, event: 'where', topic: 'room', payload: 7 });
    expect(reply).toEqual({ type: 'ack', id: 1, payload: { data: 7, channel: 'room' } });
    expect(await client.ask({ type: 'call', id: 2, event: 'nothing' })).toEqual({ type: 'ack', id: 2 });
    expect(await client.ask({ type: 'call', id: 3, event: 'toString' })).toMatchObject({ code: 404 });
  });

  it('is an event with a handler: answered, not published, and nothing waits for it', async () => {
    const { connect } = await setUp({
      channels: {
        '*': { publish: true, events: { ask: ({ payload }) => payload, silent: () => new Promise(() => {}) } },
      },
    });
    const client = await connect();
    const publish = (id: number, event: string) =>
      client.ask({ type: 'publish', id, topic: 'room', event, payload: id });
    expect(await publish(1, 'ask')).toMatchObject({ code: 403 });
    await client.ask({ type: 'subscribe', id: 2, topic: 'room' });
    client.send({ type: 'publish', id: 3, topic: 'room', event: 'silent' });
    expect(await publish(4, 'ask')).toEqual({ type: 'ack', id: 4, payload: 4 });
    expect(await publish(5, 'say')).toEqual({ type: 'ack', id: 5 });
    expect(client.frames.filter(({ type }) => type === 'event').map(({ event }) => event)).toEqual(['say']);
  });
});

describe('what the server ends', () => {
  it('is a subscription, for good or to be asked for again', async () => {
    const { connect, server } = await setUp({});
    const client = await connect();
    await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
    server.unsubscribe('', 'room', { reason: 'moved' });
    const ended = { type: 'ended', topic: 'room', code: 2000, message: 'moved' };
    expect(await client.until({ type: 'ended' })).toEqual(ended);
    await client.ask({ type: 'subscribe', id: 2, topic: 'room' });
    server.unsubscribe('', 'room', { code: 2500 });
    expect(await client.until({ type: 'ended', code: 2500 })).toMatchObject({ retry: true });
  });

  it('is the line, with the close code of the default table', async () => {
    const { connect, server } = await setUp({});
    const expected = [
      [3503, 4403],
      [3005, 4401],
      [4100, 4100],
    ];
    for (const [code, closeCode] of expected) {
      const client = await connect();
      await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
      server.disconnect('', { code: code!, reason: 'x'.repeat(200) });
      await vi.waitFor(() => expect(client.closed).toEqual([{ code: closeCode, reason: 'x'.repeat(123) }]));
    }
  });

  it('is itself: 1012 to everybody', async () => {
    const { connect, server } = await setUp({});
    const client = await connect();
    await server.close();
    await vi.waitFor(() => expect(client.closed).toEqual([{ code: 1012, reason: 'shutdown' }]));
  });
});

it('clients of both formats understand each other', async () => {
  const { connect, url } = await setUp({ channels: { '*': { publish: true } } });
  const room = official(url).newSubscription('room');
  const log = record(room);
  room.subscribe();
  const raw = await connect();
  await Promise.all([room.ready(), raw.ask({ type: 'subscribe', id: 1, topic: 'room' })]);
  await raw.ask({ type: 'publish', id: 2, topic: 'room', event: 'say', payload: 'hi' });
  await raw.ask({ type: 'publish', id: 3, topic: 'room', event: 'publication', payload: 'plain' });
  await room.publish({ event: 'say', payload: 'hello' });
  await room.publish({ event: 'say', payload: 'hello', more: true });
  await vi.waitFor(() => expect(log).toHaveLength(4));
  expect(log.slice(0, 2)).toEqual([{ event: 'say', payload: 'hi' }, 'plain']);
  const heard = () => raw.frames.filter(({ type }) => type === 'event').map(({ event, payload }) => [event, payload]);
  await vi.waitFor(() => expect(heard()).toHaveLength(4));
  expect(heard()).toEqual([
    ['say', 'hi'],
    ['publication', 'plain'],
    ['say', 'hello'],
    ['publication', { event: 'say', payload: 'hello', more: true }],
  ]);
});
