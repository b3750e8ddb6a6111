import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcpProxy';

/** A client and a server with the proxy between them, and what each has heard. */
async function through(): Promise<{ proxy: TcpProxy; client: Heard; server: Heard }> {
  const listener = createServer({ allowHalfOpen: true });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const proxy = await startTcpProxy({ port: (listener.address() as AddressInfo).port });
  onTestFinished(async () => {
    await proxy[Symbol.asyncDispose]();
    listener.close();
  });
  const [[accepted], client] = await Promise.all([
    once(listener, 'connection') as Promise<[Socket]>,
    connectTo(proxy.port),
  ]);
  return { proxy, client, server: listen(accepted) };
}

interface Heard {
  readonly socket: Socket;
  readonly text: string;
  readonly ending: string;
}

async function connectTo(port: number): Promise<Heard> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const heard = listen(socket);
  await once(socket, 'connect');
  return heard;
}

function listen(socket: Socket): Heard {
  const heard = { socket, text: '', ending: '' };
  socket.on('data', (data) => (heard.text += String(data)));
  socket.on('end', () => (heard.ending ||= 'end'));
  socket.on('error', (error: NodeJS.ErrnoException) => (heard.ending = error.code ?? ''));
  onTestFinished(() => void socket.destroy());
  return heard;
}

const until = <T>(condition: () => T) => vi.waitUntil(condition, { timeout: 5_000, interval: 5 });
const path = (proxy: TcpProxy) => until(() => proxy.paths[0]);

describe('a TCP proxy', () => {
  test('passes bytes and ends both ways', async () => {
    const { proxy, client, server } = await through();
    client.socket.write('up');
    server.socket.write('down');
    await until(() => server.text === 'up' && client.text === 'down');
    client.socket.end();
    await until(() => server.ending === 'end');
    server.socket.end('bye');
    await until(() => client.ending === 'end' && proxy.paths.length === 0);
    expect(client.text).toBe('downbye');
  });

  test('knows the first line, before anything is passed on', async () => {
    const { proxy, client, server } = await through();
    proxy.onPath((begun) => begun.request.startsWith('GET /frozen') && begun.freeze('up'));
    client.socket.write('GET /frozen HTTP/1.1\r\n\r\n');
    server.socket.write('down');
    await until(() => client.text === 'down' && proxy.paths[0]?.request);
    expect(proxy.paths[0]?.request).toBe('GET /frozen HTTP/1.1');
    expect(server.text).toBe('');
  });

  test('freezes one way, and passes everything on when resumed', async () => {
    const { proxy, client, server } = await through();
    (await path(proxy)).freeze('up');
    client.socket.write('held');
    client.socket.end();
    server.socket.write('one');
    await until(() => client.text === 'one');
    expect(server).toMatchObject({ text: '', ending: '' });
    (await path(proxy)).resume();
    await until(() => server.ending === 'end');
    expect(server.text).toBe('held');
  });

  test('freezes both ways: not even an end gets through', async () => {
    const { proxy, client, server } = await through();
    (await path(proxy)).freeze();
    client.socket.write('x');
    server.socket.end('y');
    const other = await connectTo(proxy.port); // proves that the proxy has seen to everything before
    other.socket.destroy();
    await until(() => proxy.accepted === 2);
    expect([client.text, client.ending, server.text]).toEqual(['', '', '']);
  });

  test('resets both ends', async () => {
    const { proxy, client, server } = await through();
    (await path(proxy)).cut();
    await until(() => client.ending === 'ECONNRESET' && server.ending === 'ECONNRESET');
  });

  test('passes a reset on', async () => {
    const { client, server } = await through();
    client.socket.write('x');
    await until(() => server.text);
    server.socket.resetAndDestroy();
    await until(() => client.ending === 'ECONNRESET');
  });

  test('ends one way and leaves the other', async () => {
    const { proxy, client, server } = await through();
    (await path(proxy)).halfClose('down');
    await until(() => client.ending === 'end');
    client.socket.write('still here');
    await until(() => server.text === 'still here');
    expect(server.ending).toBe('');
  });

  test('delays, in order', async () => {
    const { proxy, client, server } = await through();
    (await path(proxy)).delay(50, 'up');
    const start = performance.now();
    for (const letter of 'abc') client.socket.write(letter);
    client.socket.end();
    await until(() => server.ending === 'end');
    expect(server.text).toBe('abc');
    expect(performance.now() - start).toBeGreaterThan(45);
  });

  test('throttles to so many bytes in a second, which whoever writes feels', async () => {
    const { proxy, client, server } = await through();
    (await path(proxy)).throttle(100_000, 'down');
    const start = performance.now();
    server.socket.write('x'.repeat(20_000));
    await until(() => client.text.length === 20_000);
    expect(performance.now() - start).toBeGreaterThan(180);

    server.socket.write('x'.repeat(64 * 1_048_576));
    expect(server.socket.writableLength).toBeGreaterThan(0);
    (await path(proxy)).throttle(Infinity);
    await until(() => server.socket.writableLength === 0);
  });

  test.each(['up', 'down'] as const)('stops after so many bytes %s, and goes on when resumed', async (way) => {
    const { proxy, client, server } = await through();
    const [from, to] = way === 'up' ? [client, server] : [server, client];
    from.socket.write('before ');
    await until(() => to.text === 'before ');
    const stopped = (await path(proxy)).stopAfter(7, way);
    from.socket.write('in the middle');
    from.socket.end(' of it');
    await stopped;
    to.socket.write('the other way goes on');
    await until(() => from.text === 'the other way goes on');
    expect(to).toMatchObject({ text: 'before in the ', ending: '' });
    (await path(proxy)).resume(way);
    await until(() => to.ending === 'end');
    expect(to.text).toBe('before in the middle of it');
  });

  test('stops after so many bytes, and can be cut there', async () => {
    const { proxy, client, server } = await through();
    const stopped = (await path(proxy)).stopAfter(3, 'down');
    server.socket.write('half');
    await stopped;
    await until(() => client.text === 'hal');
    (await path(proxy)).cut();
    await until(() => client.ending === 'ECONNRESET');
    expect(client.text).toBe('hal');
  });

  test('stops in the middle of the first bytes there are', async () => {
    const { proxy, client, server } = await through();
    proxy.onPath((begun) => void begun.stopAfter(5, 'up'));
    client.socket.write('GET / HTTP/1.1\r\n\r\n');
    await until(() => server.text === 'GET /');
  });

  test.each([
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [429, 'Too Many Requests'],
    [503, 'Service Unavailable'],
  ])('answers with %i by itself', async (status, words) => {
    const { proxy, client, server } = await through();
    proxy.onPath((begun) => begun.answer(status));
    client.socket.write('GET / HTTP/1.1\r\n\r\n');
    await until(() => client.ending === 'end' && proxy.paths.length === 0);
    expect(client.text.split('\r\n')[0]).toBe(`HTTP/1.1 ${status} ${words}`);
    expect(server.text).toBe('');
  });

  test('refuses new connections and leaves those that live; accepts again on the same port', async () => {
    const { proxy, client, server } = await through();
    await proxy.refuse();
    await expect(connectTo(proxy.port)).rejects.toThrow('ECONNREFUSED');
    client.socket.write('alive');
    await until(() => server.text === 'alive');
    await proxy.accept();
    await expect(connectTo(proxy.port)).resolves.toBeDefined();
  });

  test('resets the client when there is no server', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    const proxy = await startTcpProxy({ port });
    onTestFinished(() => proxy[Symbol.asyncDispose]());
    const client = await connectTo(proxy.port);
    await until(() => client.ending === 'ECONNRESET');
  });
});
