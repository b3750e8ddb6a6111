import { Centrifuge } from 'centrifuge';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { connectRaw } from '../../packages/server/test/rawClient';
import { startEmbeddedServer, type EmbeddedServer } from './channelServerEmbedded';

async function start(): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ protocol: 'envelope' });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

it('lets in or refuses by the name of the topic', async () => {
  const server = await start();
  const client = await connectRaw(server.url);
  const join = (id: number, topic: string) => client.ask({ type: 'subscribe', id, topic });
  expect(await join(1, 'refused-1')).toMatchObject({ type: 'error', code: 403 });
  expect(await join(2, 'busy-1')).toMatchObject({ type: 'error', retry: true });
  expect(await join(3, 'busy-1')).toMatchObject({ type: 'ack' });
  const slow = join(4, 'slow-1');
  expect(await join(5, 'room')).toMatchObject({ type: 'ack' });
  server.release();
  expect(await slow).toMatchObject({ type: 'ack' });
  expect([server.joins('busy-1'), server.members('busy-1'), server.members('refused-1')]).toEqual([2, 1, 0]);
});

it('answers by the name of the event', async () => {
  const server = await start();
  const client = await connectRaw(server.url);
  await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
  const push = (id: number, event: string) => client.ask({ type: 'publish', id, topic: 'room', event, payload: [id] });
  expect(await push(2, 'echo')).toMatchObject({ type: 'ack', payload: [2] });
  expect(await push(3, 'fail')).toMatchObject({ type: 'error', payload: [3] });
  client.send({ type: 'publish', id: 4, topic: 'room', event: 'silent' });
  expect(await push(5, 'say')).toEqual({ type: 'ack', id: 5 });
  expect(client.frames.some(({ id }) => id === 4)).toBe(false);
});

it('ends memberships, drops lines, and comes back on its port without memory', async () => {
  const server = await start();
  const client = await connectRaw(server.url);
  await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
  server.end('room', 'close');
  expect((await client.until({ type: 'ended' })).retry).toBeUndefined();
  const { position } = await client.ask({ type: 'subscribe', id: 2, topic: 'room' });
  server.end('room', 'crash');
  expect(await client.until({ type: 'ended', retry: true })).toMatchObject({ topic: 'room' });

  server.drop();
  await vi.waitFor(() => expect(client.closed).toMatchObject([{ code: 1006 }]));
  const other = await connectRaw(server.url);
  await server.restart();
  await vi.waitFor(() => expect(other.closed).toMatchObject([{ code: 1012 }]));
  const third = await connectRaw(server.url);
  const ack = await third.ask({ type: 'subscribe', id: 1, topic: 'room', position });
  expect(ack).toMatchObject({ recovered: false });
});

it('expires its tokens, on lines that are up and for new ones', async () => {
  const server = await start();
  const token = server.token();
  const client = await connectRaw(server.url);
  const connect = { type: 'connect', id: 1, payload: { token } };
  expect(await client.ask(connect)).toMatchObject({ type: 'ack' });
  server.expire();
  await vi.waitFor(() => expect(client.closed).toMatchObject([{ code: 4401 }]));
  const other = await connectRaw(server.url);
  expect(await other.ask(connect)).toMatchObject({ type: 'error', code: 401 });
});

it('lets the official client go on with another token after that', async () => {
  const server = await start();
  const getToken = vi.fn(async () => server.token());
  const client = new Centrifuge(server.url, {
    websocket: WebSocket,
    getToken,
    minReconnectDelay: 1,
    maxReconnectDelay: 5,
  });
  onTestFinished(() => client.disconnect());
  client.connect();
  await client.ready();
  const again = new Promise((resolve) => client.once('connected', resolve));
  server.expire();
  await again;
  expect(getToken).toHaveBeenCalledTimes(2);
});
