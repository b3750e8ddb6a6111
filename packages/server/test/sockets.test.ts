import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTcpProxy } from '../../../test/support/tcpProxy';
import { connectRaw } from './rawClient';
import { next, official, serve } from './support';

const MEGABYTE = 2 ** 20;

/** A server, and a client whose path can be frozen. */
async function serveFrozen(options: Parameters<typeof serve>[0] = {}) {
  const { server, port } = await serve(options);
  const proxy = await startTcpProxy({ port });
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const client = await connectRaw(`ws://127.0.0.1:${proxy.port}/connection/websocket`);
  await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
  return { server, client, freeze: () => proxy.paths[0]?.freeze() };
}

describe('a message', () => {
  it('that is too long closes with 1009', async () => {
    const { url } = await serve({ limits: { maxPayload: 100 } });
    const client = await connectRaw(url);
    client.sendText(' '.repeat(100));
    client.sendText(' '.repeat(101));
    await vi.waitFor(() => expect(client.closed).toEqual([{ code: 1009, reason: '' }]));
  });

  it("that is binary is a bad request in Centrifugo's protocol", async () => {
    const { url } = await serve();
    const client = await connectRaw(url, '');
    client.socket.send(Buffer.from('{"id":1,"connect":{}}'));
    await vi.waitFor(() => expect(client.closed).toEqual([{ code: 3501, reason: 'bad request' }]));
  });

  it('is compressed only where that is asked for', async () => {
    for (const compression of [undefined, true]) {
      const { url } = await serve(compression ? { compression } : {});
      const { socket } = await connectRaw(url, undefined, { perMessageDeflate: true });
      expect(socket.extensions).toBe(compression ? 'permessage-deflate' : '');
    }
  });
});

it('hooks are given the request that the client came with', async () => {
  const authorize = vi.fn(() => ({}));
  const { url } = await serve({ authorize });
  const client = await connectRaw(`${url}?team=red`, '', { headers: { cookie: 'id=5' } });
  await client.ask({ id: 1, connect: { token: 'a token', data: 7 } });
  expect(authorize).toHaveBeenCalledExactlyOnceWith({
    url: '/connection/websocket?team=red',
    headers: expect.objectContaining({ cookie: 'id=5' }),
    address: '127.0.0.1',
    format: 'centrifugo',
    token: 'a token',
    data: 7,
    reason: 'connect',
  });
});

it('a client that does not read is let go, with all that waited for it', async () => {
  const { server, freeze } = await serveFrozen({
    limits: { maxBufferedBytes: MEGABYTE, slowTimeout: 20, closeTimeout: 20 },
  });
  freeze();
  for (let megabytes = 0; megabytes < 16; megabytes++) server.publish('room', 'x'.repeat(MEGABYTE));
  await vi.waitFor(() => expect(server.presence('room')).toEqual([]));
});

describe('closing', () => {
  it('lets everything sent before arrive, and tells everybody to come back', async () => {
    const { url, server } = await serve();
    const room = official(url).newSubscription('room');
    room.subscribe();
    const raw = await connectRaw(url);
    await Promise.all([room.ready(), raw.ask({ type: 'subscribe', id: 1, topic: 'room' })]);
    const last = next(room, 'publication');
    const back = next<{ code: number; reason: string }>(room, 'subscribing');
    for (let count = 1; count <= 1_000; count++) server.publish('room', count);
    await server.close();
    await last;
    expect(raw.frames.at(-1)).toMatchObject({ payload: 1_000 });
    expect(raw.closed).toEqual([{ code: 1012, reason: 'shutdown' }]);
    expect(await back).toMatchObject({ code: 1 }); // the transport closed
    expect(server.presence('room')).toEqual([]);
  });

  it('takes nobody new meanwhile, and cuts those that do not answer', async () => {
    const { server, client, freeze } = await serveFrozen();
    freeze();
    const closing = server.close({ timeout: 50 });
    const late = new WebSocket(`ws://127.0.0.1:${await server.whenListening()}/connection/websocket`);
    const [, { statusCode }] = await once(late, 'unexpected-response');
    late.on('error', () => {});
    late.terminate();
    expect(statusCode).toBe(503);
    await closing;
    expect(client.closed).toEqual([]);
  });

  it("closes with 3001 in Centrifugo's protocol, and may be done twice", async () => {
    const { url, server } = await serve();
    const client = await connectRaw(url, '');
    await client.ask({ id: 1, connect: {} });
    await Promise.all([server.close(), server.close()]);
    expect(client.closed).toEqual([{ code: 3001, reason: 'shutdown' }]);
    await server.close();
  });

  it('tells nobody who leaves: everybody does', async () => {
    const { url, server } = await serve({ channels: { room: { presence: true } } });
    const clients = await Promise.all(Array.from({ length: 5 }, () => connectRaw(url)));
    for (const client of clients) await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
    const told = () => clients.flatMap(({ frames }) => frames).filter(({ leaves }) => (leaves as unknown[])?.length); // of presence
    await server.close();
    expect(told()).toEqual([]);
    expect(server.presence('room')).toEqual([]);
  });

  it('makes what is published later go nowhere, and leaves nothing behind for it', async () => {
    const { server } = await serve();
    await server.close();
    const timers = vi.spyOn(globalThis, 'setTimeout');
    expect(server.publish('room', 1)).toBeUndefined();
    expect(() => server.history('room')).toThrow('not available');
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
  });
});

it('server code reads what a channel keeps, and who is in it', async () => {
  const { url, server } = await serve({
    authorize: ({ token }) => ({ user: token, info: 'of the connection' }),
    channels: { room: { publish: true }, silent: { history: false } },
  });
  const room = official(url, { token: 'ann' }).newSubscription('room');
  room.subscribe();
  await room.publish({ event: 'say', payload: 1 });
  const position = server.publish('room', 2, { event: 'say' });
  expect(position).toEqual({ offset: 2, epoch: expect.stringMatching(/^\w+$/) });
  const publisher = server.presence('room')[0];
  expect(publisher).toEqual({ user: 'ann', client: expect.any(String), connInfo: 'of the connection' });
  expect(server.history('room')).toEqual({
    position,
    publications: [
      { offset: 1, data: { event: 'say', payload: 1 }, publisher },
      { offset: 2, data: { event: 'say', payload: 2 }, publisher: undefined },
    ],
  });
  expect(server.history('room', { limit: 1, reverse: true }).publications).toHaveLength(1);
  expect(server.publish('silent', 1)).toBeUndefined();
  expect(() => server.history('silent')).toThrow('not available');
  expect(() => server.publish('nowhere', 1)).toThrow('unknown channel');
  expect(() => server.publish('room', 1n)).toThrow(TypeError);
  expect(server.presence('nowhere')).toEqual([]);
});
