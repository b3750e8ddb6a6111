import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startServerProcess, type ServerProcess } from './serverProcess';

const eventually = (assert: () => void | Promise<void>) => vi.waitFor(assert, { timeout: 5_000, interval: 5 });

async function started(): Promise<ServerProcess> {
  const server = await startServerProcess();
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** A socket, and what it heard. */
async function socketTo({ port }: ServerProcess) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?id=me`);
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  socket.on('close', (code) => heard.push(`close ${code}`));
  socket.on('error', () => {}); // `close` says it too
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  return { socket, heard };
}

describe('a server in a process of its own', () => {
  test('does as it is told, and tells what it has seen', async () => {
    const server = await started();
    const { socket, heard } = await socketTo(server);
    socket.send('hello');
    await eventually(() => expect(heard).toEqual(['hello']));
    expect(await server.seen('me')).toMatchObject({ accepted: 1, open: 1, received: 1 });
  });

  test('that is stopped accepts connections and says nothing, and goes on where it was', async () => {
    const server = await started();
    const { socket, heard } = await socketTo(server);
    server.stop();
    socket.send('are you there?');
    await once(connect({ port: server.port, host: '127.0.0.1' }).unref(), 'connect');
    expect(heard).toEqual([]);
    server.resume();
    await eventually(() => expect(heard).toEqual(['are you there?']));
  });

  test('that is killed sends no close frame, and another takes its port', async () => {
    const server = await started();
    const { heard } = await socketTo(server);
    await server.kill();
    await eventually(() => expect(heard).toEqual(['close 1006']));
    await server.restart();
    await socketTo(server);
    expect(await server.seen('me')).toMatchObject({ accepted: 1 });
  });

  test('ends while it is stopped', async () => {
    const server = await startServerProcess();
    server.stop();
    await server[Symbol.asyncDispose]();
    await expect(once(connect({ port: server.port, host: '127.0.0.1' }), 'connect')).rejects.toThrow('ECONNREFUSED');
  });
});
