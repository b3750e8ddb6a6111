import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { channel, createConnection, type ChannelProtocol, type WebSocketConstructor } from '@tautline/core';
import ts from 'typescript';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { blocksOf, pages } from './pages';

// The protocol that docs/protocols.md writes step by step, against a server that speaks it.

const page = pages().find(({ path }) => path === 'docs/protocols.md');
const steps = page ? blocksOf(page).filter(({ language }) => language === 'ts') : [];

/** The protocol as a reader has it at the end; the last block only uses it. */
async function parrot(): Promise<ChannelProtocol<string[], string>> {
  const source = steps.slice(0, -1).map(({ code }) => code);
  const { outputText } = ts.transpileModule(source.join('\n'), { compilerOptions: { module: ts.ModuleKind.ESNext } });
  const module = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)) as {
    parrot: () => ChannelProtocol<string[], string>; // the page says so
  };
  return module.parrot();
}

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((clean) => clean()));

/** A server that repeats what is said; one room is full, one closes at once. */
async function startServer() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const said: string[] = [];
  server.on('connection', (socket) => {
    socket.send('welcome 25000\nbeat');
    socket.on('message', (data) => {
      const line = String(data);
      said.push(line);
      const [word, ref = '', topic = '', ...rest] = line.split(' ');
      if (word === 'beat') return;
      if (topic === 'forbidden') return socket.send(`no ${ref} rude`);
      socket.send(word === 'say' ? `ok ${ref}\nevent ${topic} ${rest.join(' ')}` : `ok ${ref}`);
      if (word === 'join' && topic === 'short') socket.send('closed short');
    });
  });
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return { said, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` }; // of a TCP server
}

async function connect() {
  const server = await startServer();
  const connection = createConnection(server.url, {
    channels: await parrot(),
    WebSocket: WebSocket as unknown as WebSocketConstructor, // its events have more fields
  });
  cleanups.push(() => connection.dispose());
  return { ...server, connection };
}

test('the protocol of the page joins, talks and leaves', async () => {
  const { connection, said } = await connect();
  const lobby = channel<{ greeting: unknown }>(connection, 'lobby');
  const heard = vi.fn();
  lobby.on('greeting', heard);
  lobby.retain();
  await lobby.send('greeting', { text: 'two words' });
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith({ text: 'two words' }));
  lobby.leave();
  await vi.waitFor(() => expect(lobby.getSnapshot().status).toBe('left'));
  expect(said.map((line) => line.split(' ')[0])).toEqual(['beat', 'join', 'say', 'leave']);
});

test('the protocol of the page is refused, and its memberships end', async () => {
  const { connection } = await connect();
  const [forbidden, short] = ['forbidden', 'short'].map((topic) => channel(connection, topic));
  forbidden?.retain();
  short?.retain();
  await vi.waitFor(() => {
    expect(forbidden?.getSnapshot()).toMatchObject({ status: 'failed', error: { message: 'rude' } });
    expect(short?.getSnapshot()).toMatchObject({ status: 'left', error: { code: 'channel-ended' } });
  });
});
