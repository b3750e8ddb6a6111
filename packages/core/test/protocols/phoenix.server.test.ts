import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startPhoenixServer, type PhoenixServer } from '../../../../test/support/phoenixServer';
import { channel, createConnection, type AnyChannel, type ChannelOptions } from '../../src/index';
import { phoenix, type PhoenixOptions } from '../../src/protocols/phoenix';

const SOON = { initialDelay: 20, maxDelay: 50 };

async function serve(): Promise<PhoenixServer> {
  const server = await startPhoenixServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

function connect(server: PhoenixServer, options?: PhoenixOptions) {
  const connection = createConnection(server.url, {
    channels: phoenix(options),
    WebSocket,
    reconnect: SOON,
  });
  onTestFinished(() => connection.dispose());
  const join = (topic: string, options?: ChannelOptions) => {
    const joining = channel(connection, topic, { rejoin: SOON, ...options });
    joining.retain();
    return joining;
  };
  return { connection, join };
}

const until = (joining: AnyChannel, status: string) =>
  vi.waitFor(() => expect(joining.getSnapshot().status).toBe(status));

const bytes = (...values: number[]) => new Uint8Array(values).buffer;

describe('phoenix, on a server', () => {
  it('sends binary, and gets binary: replies, errors, events', async () => {
    const server = await serve();
    const room = connect(server).join('room:1');
    const other = connect(server).join('room:1');
    const heard = vi.fn();
    other.on('blip', heard);
    await until(other, 'joined');
    expect(await room.send('echo', bytes(0, 255))).toEqual(bytes(0, 255));
    await expect(room.send('fail', Uint8Array.of(7))).rejects.toMatchObject({ reason: bytes(7) });
    await room.send('blip', bytes(1, 2));
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(bytes(1, 2)));
  });

  it('joins again after a crash, and knows that something may be missing', async () => {
    const server = await serve();
    const room = connect(server).join('room:1');
    await until(room, 'joined');
    expect(room.getSnapshot().recovered).toBeNull();
    server.end('room:1', 'crash');
    await vi.waitFor(() => expect(room.getSnapshot()).toMatchObject({ status: 'joined', recovered: false }));
    expect(server.joins('room:1')).toBe(2);
  });

  it('stays away from a channel that the server closed', async () => {
    const server = await serve();
    const { join } = connect(server);
    const room = join('room:1');
    await until(room, 'joined');
    server.end('room:1', 'close');
    await until(room, 'left');
    expect(room.getSnapshot().error).toMatchObject({ code: 'channel-ended' });
    await until(join('room:2'), 'joined');
    expect(server.joins('room:1')).toBe(1);
  });

  it('is not thrown out of a channel by the close of the membership before', async () => {
    const server = await serve();
    const room = connect(server).join('room:1');
    await until(room, 'joined');
    room.leave();
    room.retain();
    await vi.waitFor(() => expect(server.joins('room:1')).toBe(2));
    expect(await room.send('echo', { n: 1 })).toEqual({ n: 1 }); // by now the close has come
    expect([room.getSnapshot().status, server.members('room:1')]).toEqual(['joined', 1]);
  });

  it('does not wait for replies that do not come', async () => {
    const replies = (event: string) => event !== 'silent';
    const room = connect(await serve(), { replies }).join('room:1');
    expect(await room.send('silent', {})).toBeUndefined();
  });

  it('asks for the token again before every attempt', async () => {
    const server = await serve();
    const authToken = vi.fn(() => Promise.resolve(server.token()));
    const { connection, join } = connect(server, { authToken });
    const room = join('room:1');
    await until(room, 'joined');
    expect(connection.getSnapshot().subprotocol).toBe('phoenix');
    server.expire();
    await vi.waitFor(() => expect(server.joins('room:1')).toBe(2));
    await until(room, 'joined');
    expect(authToken).toHaveBeenCalledTimes(2);
  });

  it('does not get in with a wrong token', async () => {
    const { connection } = connect(await serve(), { authToken: 'wrong' });
    const failed = vi.fn();
    connection.on('error', failed);
    connection.connect();
    await vi.waitFor(() => expect(failed.mock.calls.length).toBeGreaterThan(1));
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', close: { code: 1006 } });
  });

  it('shows who is there, and changes what is told of somebody without losing them', async () => {
    const server = await serve();
    const namesIn = (room: AnyChannel) => room.presence.map(({ info }) => (info as { name: string }).name).join();
    const enter = (user: string) => connect(server).join('presence:1', { params: { user, info: { name: user } } });
    const ann = enter('ann');
    await vi.waitFor(() => expect(namesIn(ann)).toBe('ann'));
    const bob = enter('bob');
    await vi.waitFor(() => expect(namesIn(ann)).toBe('ann,bob'));
    const seen: string[] = [];
    ann.subscribe(() => void seen.push(namesIn(ann)));
    await bob.send('update_presence', { name: 'Robert' });
    await vi.waitFor(() => expect(seen).toEqual(['ann,Robert']));
    bob.leave();
    await vi.waitFor(() => expect(seen).toEqual(['ann,Robert', 'ann']));
  });
});
