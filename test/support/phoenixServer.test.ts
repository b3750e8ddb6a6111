import { Presence, Socket, type Channel, type Push, type SocketConnectOption } from 'phoenix';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startPhoenixServer, type PhoenixServer, type PhoenixServerOptions } from './phoenixServer';

async function serve(options?: PhoenixServerOptions): Promise<PhoenixServer> {
  const server = await startPhoenixServer(options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** The official client, in a hurry. */
function open(server: PhoenixServer, options: Partial<SocketConnectOption> = {}): Socket {
  const soon = () => 10;
  const socket = new Socket(server.url, {
    transport: WebSocket,
    reconnectAfterMs: soon,
    rejoinAfterMs: soon,
    ...options,
  });
  socket.connect();
  onTestFinished(() => socket.disconnect());
  return socket;
}

interface Answer {
  readonly status: string;
  readonly response: unknown;
}

/** The first answer; the client calls back again when it joins again. */
const answerTo = (push: Push) =>
  new Promise<Answer>((resolve) => {
    for (const status of ['ok', 'error'] as const) push.receive(status, (response) => resolve({ status, response }));
  });

const joined = async (socket: Socket, topic: string, params?: object): Promise<Channel> => {
  const channel = socket.channel(topic, params);
  await answerTo(channel.join());
  return channel;
};

const heardOn = (channel: Channel, event: string) => {
  const heard: unknown[] = [];
  channel.on(event, (payload) => void heard.push(payload));
  return heard;
};

/** What `phx_close` and `phx_error` did to it. */
const endingsOf = (channel: Channel) => {
  const endings: string[] = [];
  channel.onClose(() => void endings.push('close'));
  channel.onError(() => void endings.push('error'));
  return endings;
};

/** What comes back for frames that the official client would not send like this. */
function framesFor(server: PhoenixServer, ...sent: unknown[]): unknown[] {
  const frames: unknown[] = [];
  const socket = new WebSocket(`${server.url}/websocket?vsn=2.0.0`);
  onTestFinished(() => socket.terminate());
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  socket.on('open', () => sent.forEach((frame) => socket.send(JSON.stringify(frame))));
  return frames;
}

const join = (ref: string) => [ref, ref, 'room:1', 'phx_join', {}];
const ok = (joinRef: string, ref: string) => [joinRef, ref, 'room:1', 'phx_reply', { status: 'ok', response: {} }];
const close = (joinRef: string) => [joinRef, joinRef, 'room:1', 'phx_close', {}];

const bytes = (...values: number[]) => new Uint8Array(values).buffer;

describe('the Phoenix server, by the official client', () => {
  test('lets join', async () => {
    const server = await serve();
    const answer = await answerTo(open(server).channel('room:1').join());
    expect(answer).toEqual({ status: 'ok', response: {} });
    expect([server.members('room:1'), server.joins('room:1')]).toEqual([1, 1]);
  });

  test('refuses to let join', async () => {
    const server = await serve();
    const channel = open(server).channel('refused:1');
    expect(await answerTo(channel.join())).toEqual({ status: 'error', response: { reason: 'unauthorized' } });
    expect(server.members('refused:1')).toBe(0);
  });

  test('refuses for now, once for each socket', async () => {
    const server = await serve();
    const channel = open(server).channel('busy:1');
    expect(await answerTo(channel.join())).toEqual({ status: 'error', response: { reason: 'busy' } });
    await vi.waitFor(() => expect(channel.state).toBe('joined'));
    expect(server.joins('busy:1')).toBe(2);
  });

  test('answers a slow join when released, and what came after it then', async () => {
    const server = await serve();
    const socket = open(server);
    const slow = socket.channel('slow:1');
    const join = answerTo(slow.join());
    const push = answerTo(slow.push('echo', { n: 1 }));
    await joined(socket, 'room:1');
    expect([server.joins('slow:1'), server.members('slow:1')]).toEqual([1, 0]);
    server.release();
    expect(await join).toMatchObject({ status: 'ok' });
    expect(await push).toEqual({ status: 'ok', response: { n: 1 } });
  });

  test('answers what is pushed: with a reply, with an error, with nothing', async () => {
    const server = await serve();
    const channel = await joined(open(server), 'room:1');
    expect(await answerTo(channel.push('echo', { n: 1 }))).toEqual({ status: 'ok', response: { n: 1 } });
    expect(await answerTo(channel.push('fail', { n: 2 }))).toEqual({ status: 'error', response: { n: 2 } });
    expect(await answerTo(channel.push('anything', {}))).toEqual({ status: 'ok', response: {} });
    const timedOut = vi.fn();
    channel.push('silent', {}, 20).receive('timeout', timedOut);
    await vi.waitFor(() => expect(timedOut).toHaveBeenCalled());
  });

  test('passes what is pushed on to the others, and what it publishes to everyone', async () => {
    const server = await serve();
    const [one, other] = await Promise.all([joined(open(server), 'room:1'), joined(open(server), 'room:1')]);
    const heardByOne = heardOn(one, 'shout');
    const heardByOther = heardOn(other, 'shout');
    await answerTo(one.push('shout', { by: 'one' }));
    await answerTo(other.push('echo', {})); // what was sent to it before has come
    expect([heardByOne, heardByOther]).toEqual([[], [{ by: 'one' }]]);
    server.publish('room:1', 'shout', { by: 'server' });
    await vi.waitFor(() => expect([heardByOne.length, heardByOther.length]).toEqual([1, 2]));
  });

  test('carries binary both ways', async () => {
    const server = await serve();
    const [one, other] = await Promise.all([joined(open(server), 'room:1'), joined(open(server), 'room:1')]);
    const heard = heardOn(other, 'blip');
    expect(await answerTo(one.push('echo', bytes(0, 255)))).toEqual({ status: 'ok', response: bytes(0, 255) });
    expect(await answerTo(one.push('fail', bytes(7)))).toEqual({ status: 'error', response: bytes(7) });
    await answerTo(one.push('blip', bytes(1, 2)));
    server.publish('room:1', 'blip', bytes());
    await vi.waitFor(() => expect(heard).toEqual([bytes(1, 2), bytes()]));
  });

  test('lets leave, and join again', async () => {
    const server = await serve();
    const socket = open(server);
    const channel = await joined(socket, 'room:1');
    const endings = endingsOf(channel);
    channel.leave();
    await vi.waitFor(() => expect(server.members('room:1')).toBe(0)); // the client does not wait for the answer
    expect([channel.state, endings]).toEqual(['closed', ['close']]);
    await joined(socket, 'room:1');
    expect(server.members('room:1')).toBe(1);
  });

  test('ends the first membership when a topic is joined twice, under its own join ref', async () => {
    const frames = framesFor(await serve(), join('1'), join('2'));
    await vi.waitFor(() => expect(frames).toEqual([ok('1', '1'), ok('2', '2'), close('1')]));
  });

  test('answers a leave, and closes the channel then; one that comes too late is answered all the same', async () => {
    const leave = ['1', '2', 'room:1', 'phx_leave', {}];
    const frames = framesFor(await serve(), join('1'), leave, ['1', '3', 'room:1', 'phx_leave', {}]);
    await vi.waitFor(() => expect(frames).toEqual([ok('1', '1'), ok('1', '2'), close('1'), ok('1', '3')]));
  });

  test('knows no topic that is not joined', async () => {
    const frames = framesFor(await serve(), ['1', '2', 'room:1', 'echo', {}]);
    const response = { reason: 'unmatched topic' };
    await vi.waitFor(() => expect(frames).toEqual([[null, '2', 'room:1', 'phx_reply', { status: 'error', response }]]));
  });

  test('is joined again after a crash', async () => {
    const server = await serve();
    const channel = await joined(open(server), 'room:1');
    const endings = endingsOf(channel);
    server.end('room:1', 'crash');
    await vi.waitFor(() => expect(server.joins('room:1')).toBe(2));
    await vi.waitFor(() => expect(channel.state).toBe('joined'));
    expect(endings).toEqual(['error']);
  });

  test('is not joined again after it closed the channel', async () => {
    const server = await serve();
    const socket = open(server);
    const channel = await joined(socket, 'room:1');
    const endings = endingsOf(channel);
    server.end('room:1', 'close');
    await vi.waitFor(() => expect(channel.state).toBe('closed'));
    await joined(socket, 'room:2');
    expect([endings, server.joins('room:1')]).toEqual([['close'], 1]);
  });

  test('answers the heartbeat', async () => {
    const socket = open(await serve(), { heartbeatIntervalMs: 10 });
    let beats = 0;
    socket.onMessage((message) => {
      if ('topic' in message && message.topic === 'phoenix') beats++;
    });
    const closed = vi.fn();
    socket.onClose(closed);
    await vi.waitFor(() => expect(beats).toBeGreaterThan(2));
    expect(closed).not.toHaveBeenCalled();
  });

  test('closes a socket that says nothing', async () => {
    const socket = open(await serve({ idleTimeout: 20 }));
    const closed = new Promise<CloseEvent>((resolve) => socket.onClose(resolve));
    expect(await closed).toMatchObject({ code: 1000 });
  });

  test('lets in with a token, and nobody with a wrong one', async () => {
    const server = await serve();
    await joined(open(server, { authToken: server.token() }), 'room:1');
    const refused = new Promise((resolve) => open(server, { authToken: 'wrong' }).onError(resolve));
    expect(await refused).toMatchObject({ message: 'Unexpected server response: 403' });
  });

  test('expires tokens: ends their lines, and refuses them from then on', async () => {
    const server = await serve();
    const socket = open(server, { authToken: server.token() });
    await joined(socket, 'room:1');
    const closed = new Promise<CloseEvent>((resolve) => socket.onClose(resolve));
    const refused = new Promise((resolve) => socket.onError(resolve));
    server.expire();
    expect(await closed).toMatchObject({ code: 1000 });
    expect(await refused).toMatchObject({ message: 'Unexpected server response: 403' });
  });

  test('speaks no other version', async () => {
    const server = await serve();
    const refused = new Promise((resolve) => open(server, { vsn: '1.0.0' }).onError(resolve));
    expect(await refused).toMatchObject({ message: 'Unexpected server response: 403' });
  });

  test('is found again after a restart, and after it dropped the line', async () => {
    const server = await serve();
    const socket = open(server);
    const codes: number[] = [];
    socket.onClose(({ code }) => void codes.push(code));
    await joined(socket, 'room:1');
    await server.restart();
    await vi.waitFor(() => expect(server.members('room:1')).toBe(1));
    server.drop();
    await vi.waitFor(() => expect([server.joins('room:1'), server.members('room:1')]).toEqual([3, 1]));
    expect(codes).toEqual([1000, 1006]);
  });
});

describe('presence, by the official client', () => {
  const present = (channel: Channel) => {
    const presence = new Presence(channel);
    const names = () => presence.list((user, { metas }) => [user, ...metas.map(({ name }: { name: string }) => name)]);
    const moves: string[] = [];
    presence.onJoin((user, before) => void moves.push(`${user} ${before ? 'again' : 'came'}`));
    presence.onLeave((user, _now, left) => void moves.push(`${user} lost ${left.metas.length}`));
    return { names, moves };
  };
  const enter = async (server: PhoenixServer, user: string, name: string) => {
    const socket = open(server);
    const channel = socket.channel('presence:1', { user, info: { name } });
    const seen = present(channel);
    await answerTo(channel.join());
    return { channel, socket, ...seen };
  };

  test('says who is there, and who comes and goes', async () => {
    const server = await serve();
    const ann = await enter(server, 'ann', 'Ann');
    const bob = await enter(server, 'bob', 'Bob');
    await vi.waitFor(() =>
      expect(bob.names()).toEqual([
        ['ann', 'Ann'],
        ['bob', 'Bob'],
      ]),
    );
    await vi.waitFor(() =>
      expect(ann.names()).toEqual([
        ['ann', 'Ann'],
        ['bob', 'Bob'],
      ]),
    );
    bob.socket.disconnect();
    await vi.waitFor(() => expect(ann.names()).toEqual([['ann', 'Ann']]));
    expect(ann.moves.at(-1)).toBe('bob lost 1');
  });

  test('knows one who is there twice by one name', async () => {
    const server = await serve();
    const ann = await enter(server, 'ann', 'Ann');
    const phone = await enter(server, 'ann', 'Ann, by phone');
    await vi.waitFor(() => expect(ann.names()).toEqual([['ann', 'Ann', 'Ann, by phone']]));
    await answerTo(phone.channel.leave());
    await vi.waitFor(() => expect(ann.names()).toEqual([['ann', 'Ann']]));
  });

  test('replaces what is told of somebody', async () => {
    const server = await serve();
    const ann = await enter(server, 'ann', 'Ann');
    const bob = await enter(server, 'bob', 'Bob');
    await vi.waitFor(() => expect(ann.names()).toHaveLength(2));
    const diffs = heardOn(ann.channel, 'presence_diff');
    await answerTo(bob.channel.push('update_presence', { name: 'Robert' }));
    await vi.waitFor(() =>
      expect(ann.names()).toEqual([
        ['ann', 'Ann'],
        ['bob', 'Robert'],
      ]),
    );
    const ref: unknown = expect.any(String);
    expect(diffs).toEqual([
      {
        joins: { bob: { metas: [{ name: 'Robert', phx_ref: ref, phx_ref_prev: ref }] } },
        leaves: { bob: { metas: [{ name: 'Bob', phx_ref: ref }] } },
      },
    ]);
    expect(ann.moves.slice(-2)).toEqual(['bob again', 'bob lost 1']);
  });
});
