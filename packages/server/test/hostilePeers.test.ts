import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createChannelServer } from '../src';
import { connectRaw } from './rawClient';
import { serve } from './support';

/** A TCP connection that never says its own end, whatever the server does; cut when the test is over. */
async function stubborn(port: number): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.on('data', (data) => (text += String(data)));
  socket.on('error', () => {}); // `close` follows
  await once(socket, 'connect');
  return { socket, heard: () => text };
}

const upgradeRequest = (path: string, ...headers: string[]) =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '\r\n',
  ].join('\r\n');

describe('a handshake that is refused', () => {
  it.each([
    ['an origin that may not', '/connection/websocket', ['Origin: https://evil.test'], '403 Forbidden'],
    ['a path that nobody serves', '/elsewhere', [], '404 Not Found'],
  ])('for %s leaves no socket behind, also where the peer keeps its end open', async (_, path, headers, status) => {
    const { http, port } = await serve();
    const { socket, heard } = await stubborn(port);
    socket.write(upgradeRequest(path, ...headers));
    await once(socket, 'end');
    expect(heard()).toContain(status);
    await vi.waitFor(async () => expect(await connectionsOf(http)).toBe(0));
  });

  it('with an `origins` that throws is a bug of the server, which goes on', async () => {
    const onError = vi.fn();
    const origins = (origin: string) => new URL(origin).hostname === 'app.test';
    const { port, url } = await serve({ origins, onError });
    const { socket, heard } = await stubborn(port);
    socket.write(upgradeRequest('/connection/websocket', 'Origin: null'));
    await once(socket, 'end');
    expect(heard()).toContain('403 Forbidden');
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError));
    await connectRaw(url, undefined, { origin: 'https://app.test' });
  });
});

it.each([
  ['sends nothing', ''],
  ['sends half a request', 'GET /connection/websocket HTTP/1.1\r\nHost: 127'],
])('who %s is cut by a server that has its own port once a handshake would be over', async (_, text) => {
  const server = createChannelServer({ port: 0, host: '127.0.0.1', limits: { handshakeTimeout: 50 } });
  onTestFinished(() => server.close());
  const { socket } = await stubborn(await server.whenListening());
  socket.write(text);
  await once(socket, 'end');
});

it('pings of the WebSocket itself are answered, and are not free', async () => {
  const { url } = await serve({ limits: { messagesPerSecond: 0, messageBurst: 3 } });
  const client = await connectRaw(url);
  client.socket.ping('1');
  expect(String((await once(client.socket, 'pong'))[0])).toBe('1');
  for (const text of ['2', '3', '4']) client.socket.ping(text);
  await vi.waitFor(() => expect(client.closed).toEqual([{ code: 4429, reason: 'too many requests' }]));
});

const connectionsOf = (server: { getConnections(tell: (error: Error | null, count: number) => void): unknown }) =>
  new Promise<number>((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
