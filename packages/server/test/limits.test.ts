import { describe, expect, it, vi } from 'vitest';
import { createChannelServer, type ChannelServerOptions } from '../src';
import { DEFAULT_LIMITS } from '../src/limits';
import { simulate, type SimulatedLine } from './simulation';

/** A simulated server with one client that is connected. */
async function setUp(options: Omit<ChannelServerOptions, 'port' | 'server'> = {}) {
  const simulation = simulate(options);
  const line = simulation.open();
  await line.send({ id: 1, connect: {} });
  return { ...simulation, line };
}

const codes = ({ closed }: SimulatedLine) => closed.map(({ code }) => code);
const replyTo = ({ frames }: SimulatedLine, id: number) => frames.find((frame) => frame['id'] === id);

describe('a line on which nobody connects', () => {
  it('is closed with 3502', async () => {
    const { clock, open } = simulate({ limits: { handshakeTimeout: 100 } });
    const line = open();
    await clock.pass(99);
    expect(codes(line)).toEqual([]);
    await clock.pass(1);
    expect(line.closed).toEqual([{ code: 3502, reason: 'stale' }]);
  });

  it('is closed also when it is the server that takes so long, and what comes of it counts no more', async () => {
    let letIn = (_: object) => {};
    const { clock, open, context } = simulate({
      limits: { handshakeTimeout: 100 },
      authorize: () => new Promise((resolve) => (letIn = resolve)),
    });
    for (const format of ['centrifugo', 'envelope'] as const) {
      const line = open(format);
      await line.send(format === 'envelope' ? { type: 'connect', id: 1 } : { id: 1, connect: {} });
      await clock.pass(100);
      expect(codes(line)).toEqual([format === 'envelope' ? 1011 : 3004]);
      letIn({ user: 'ann' });
      await clock.pass(0);
      expect([line.frames, context.roster.size]).toEqual([[], 0]);
    }
  });

  it('may try again after a refusal, until then', async () => {
    const { clock, open } = simulate({
      authorize: ({ token }) => (token ? {} : Promise.reject(new Error())),
      onError: () => {},
    });
    const line = open();
    await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'room' } });
    expect(line.frames).toMatchObject([
      { id: 1, error: { code: 100, temporary: true } },
      { id: 2, error: { code: 101, temporary: true } },
    ]);
    await line.send({ id: 3, connect: { token: 'a token' } });
    expect(replyTo(line, 3)).toHaveProperty('connect');
    const eager = open();
    await eager.send(
      { id: 1, connect: {} },
      { id: 2, connect: { token: 'a token' } },
      { id: 3, rpc: { method: 'no' } },
    );
    expect(replyTo(eager, 2)).toHaveProperty('connect');
    expect(replyTo(eager, 3)).toMatchObject({ error: { code: 104 } });
    await clock.pass(10_000);
    expect(codes(line)).toEqual([]);
  });
});

describe('pings', () => {
  it('come at every interval, and no answer to one closes with 3012', async () => {
    const { clock, line } = await setUp({ limits: { pingInterval: 100, pongTimeout: 250 } });
    expect(replyTo(line, 1)).toMatchObject({ connect: { ping: 1, pong: true } });
    await clock.pass(100);
    expect(line.frames.at(-1)).toEqual({});
    await line.send({});
    await clock.pass(349);
    expect(codes(line)).toEqual([]);
    await clock.pass(1);
    expect(line.closed).toEqual([{ code: 3012, reason: 'no pong' }]);
    expect(clock.timers).toBe(0);
  });

  it('can be turned off', async () => {
    const { clock, line } = await setUp({ limits: { pingInterval: Infinity } });
    expect(replyTo(line, 1)).toEqual({ id: 1, connect: { client: expect.any(String), version: 'tautline' } });
    expect(clock.timers).toBe(0);
  });
});

describe('who sends too much', () => {
  it('is closed with 3013 once the burst is used up, and earns more with time', async () => {
    const { clock, line, open } = await setUp({ limits: { messagesPerSecond: 10, messageBurst: 5 } });
    await line.send({}, {}, {}, {});
    await clock.pass(200);
    await line.send({}, {});
    expect(codes(line)).toEqual([]);
    await line.send({});
    expect(line.closed).toEqual([{ code: 3013, reason: 'too many requests' }]);

    const batch = open();
    await batch.send(Array(6).fill('{}').join('\n'));
    expect(codes(batch)).toEqual([3013]);
    const noise = open('envelope');
    await noise.send(...Array(6).fill('noise'));
    expect(codes(noise)).toEqual([4429]);
  });

  it('is closed with 3013 while too much of it waits for hooks', async () => {
    const forever = () => new Promise<never>(() => {});
    const { line, open } = await setUp({
      limits: { pendingCommands: 2 },
      rpc: { forever },
      channels: { '*': { authorize: forever } },
      authorize: ({ token }) => (token ? forever() : {}),
    });
    const call = (id: number) => ({ id, rpc: { method: 'forever' } });
    await line.send(call(2), call(3));
    expect(codes(line)).toEqual([]);
    await line.send(call(4));
    expect(codes(line)).toEqual([3013]);
    const inOneChannel = open();
    await inOneChannel.send({ id: 1, connect: {} });
    for (const id of [2, 3, 4]) await inOneChannel.send({ id, subscribe: { channel: 'room' } });
    expect(codes(inOneChannel)).toEqual([3013]);
    const connecting = open();
    await connecting.send({ id: 1, connect: { token: 'x' } }, call(2), call(3));
    expect(codes(connecting)).toEqual([]);
    await connecting.send(call(4));
    expect(codes(connecting)).toEqual([3013]);
  });
});

describe('channels', () => {
  it('of one client are limited, those that are being asked for included', async () => {
    let allow = () => {};
    const asked = new Promise<boolean>((resolve) => (allow = () => resolve(true)));
    const { clock, line } = await setUp({
      limits: { channelsPerClient: 2 },
      channels: { 'slow:*': { authorize: () => asked }, '*': {} },
    });
    const subscribe = (id: number, channel: string) => line.send({ id, subscribe: { channel } });
    await subscribe(2, 'slow:1');
    for (const [index, channel] of ['a', 'b', 'c'].entries()) await subscribe(3 + index, channel);
    expect(replyTo(line, 4)).toHaveProperty('subscribe');
    expect(replyTo(line, 5)).toMatchObject({ error: { code: 106, message: 'limit exceeded' } });
    allow();
    await clock.pass(0);
    expect(replyTo(line, 2)).toMatchObject({ error: { code: 106 } });
  });

  it('have names of a limited length, and have one', async () => {
    const { line } = await setUp({ limits: { channelNameLength: 5 } });
    await line.send(...['12345', '123456', ''].map((channel, index) => ({ id: 2 + index, subscribe: { channel } })));
    expect(replyTo(line, 2)).toHaveProperty('subscribe');
    for (const id of [3, 4]) expect(replyTo(line, id)).toMatchObject({ error: { code: 107 } });
  });
});

describe('who does not read', () => {
  it('is closed with 3008 when that lasts, and not when it was a burst', async () => {
    const { clock, context, line } = await setUp({ limits: { maxBufferedBytes: 1_000, slowTimeout: 500 } });
    await line.send({ id: 2, subscribe: { channel: 'room' } });
    const publish = () => context.hub.publish('room', { event: undefined, json: '1' });
    line.bufferedBytes = 1_001;
    publish();
    line.bufferedBytes = 0;
    await clock.pass(500);
    line.bufferedBytes = 1_001;
    publish();
    await clock.pass(499);
    publish();
    expect(codes(line)).toEqual([]);
    await clock.pass(1);
    expect(line.closed).toEqual([{ code: 3008, reason: 'slow' }]);
    const sent = line.frames.length;
    publish();
    expect(line.frames).toHaveLength(sent);
  });
});

it('a limit or a history that cannot be is refused at once, and so is a server without a place', () => {
  const make = (options: ChannelServerOptions) => () => createChannelServer(options);
  expect(make({ port: 0, limits: { pongTimeout: -1 } })).toThrow('`limits.pongTimeout` is -1');
  expect(make({ port: 0, limits: { pongTimeout: NaN } })).toThrow(RangeError);
  expect(make({ port: 0, channels: { '*': { history: { size: 0 } } } })).toThrow(RangeError);
  expect(make({})).toThrow(TypeError);
});

it('what hooks return that cannot be told is their bug, and leaves nothing half done', async () => {
  const onError = vi.fn();
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  const { context, line, open } = await setUp({
    authorize: ({ token }) => (token ? { info: cycle } : {}),
    channels: {
      data: { authorize: () => ({ data: cycle }) },
      info: { authorize: () => ({ info: 1n }), presence: true },
    },
    onError,
  });
  for (const [index, channel] of ['data', 'info'].entries()) {
    await line.send({ id: 2 + index, subscribe: { channel } });
    expect(replyTo(line, 2 + index)).toMatchObject({ error: { code: 100 } });
    expect(context.hub.members(channel)).toEqual([]);
  }
  const other = open();
  await other.send({ id: 1, connect: { token: 'a token' } });
  expect(replyTo(other, 1)).toMatchObject({ error: { code: 100 } });
  expect(onError).toHaveBeenCalledTimes(3);
});

it('what hooks throw that is no refusal is told to the server alone', async () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {});
  const bug = new Error('a bug');
  const { line } = await setUp({ rpc: { bug: () => Promise.reject(bug) } });
  await line.send({ id: 2, rpc: { method: 'bug' } });
  expect(replyTo(line, 2)).toEqual({ id: 2, error: { code: 100, message: 'internal server error', temporary: true } });
  expect(print).toHaveBeenCalledExactlyOnceWith(expect.any(String), bug);
  print.mockRestore();
});

it('limits, and what is kept of a channel, are the defaults where they are left undefined', async () => {
  const { context, line } = await setUp({
    limits: { pingInterval: undefined },
    channels: { room: { history: { size: undefined, maxBytes: undefined, age: 1_000 } } },
  });
  expect(context.limits).toEqual(DEFAULT_LIMITS);
  await line.send({ id: 2, subscribe: { channel: 'room' } });
  expect(replyTo(line, 2)).toMatchObject({ subscribe: { recoverable: true } });
});
