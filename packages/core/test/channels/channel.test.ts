import { afterEach, describe, expect, test, vi } from 'vitest';
import { channel, ChannelRefusal, InvalidOptionError, type ChannelOptions, type JoinRequest } from '../../src/index';
import { microtasks } from '../kit/fakeEnvironment';
import { fakeProtocol } from '../kit/fakeProtocol';
import { stage } from '../kit/stage';
import { channelStage, statusOf } from './kit';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a channel', () => {
  test('joins on the first retain, once', async () => {
    const { channel, online, said, accept } = channelStage();
    await online();
    const room = channel('room');
    expect([statusOf(room), said()]).toEqual(['idle', []]);
    room.retain();
    room.retain();
    await microtasks();
    expect(statusOf(room)).toBe('joining');
    expect(said()).toEqual([{ type: 'subscribe', id: expect.any(Number), topic: 'room' }]);
    await accept('room', { payload: { motd: 'hi' } });
    expect(room.getSnapshot()).toMatchObject({ status: 'joined', joinReply: { motd: 'hi' }, recovered: null });
    expect(room.getSnapshot()).toSatisfy(Object.isFrozen);
  });

  test('asks for the line, and lets go of it once the server has heard the goodbye', async () => {
    const { channel, connection, socket, status, said, accept, tell, environment } = channelStage();
    const release = channel('room').retain();
    socket().accept();
    await microtasks();
    await accept('room');
    release();
    environment.advance(0);
    const bye = said().find(({ type }) => type === 'unsubscribe');
    expect(status()).toBe('connected');
    await tell({ type: 'ack', id: bye?.id });
    environment.advance(0);
    expect([status(), connection.getSnapshot().readyState]).toEqual(['disconnected', 2]);
  });

  test('is the same for the same topic and params, whatever their order', () => {
    const on = channelStage();
    const params = [
      { a: 1, b: { c: 2, d: [3] } },
      { b: { d: [3], c: 2 }, a: 1 },
    ];
    const [one, same] = params.map((given) => on.channel('room', { params: given }));
    expect(one).toBe(same);
    expect(on.channel('room', { params: { a: 1, b: { c: 2, d: [4] } } })).not.toBe(one);
    expect(on.channel('room')).toBe(on.channel('room', { params: () => ({ token: 'fresh' }) }));
  });

  test('is another one though its topic looks like what names others', () => {
    const on = channelStage();
    const looks = on.channel('["room",{"a":1}]');
    expect(looks).not.toBe(on.channel('room', { params: { a: 1 } }));
    expect(looks).toBe(on.channel('["room",{"a":1}]'));
    expect(on.channel('room', { params: null })).toBe(on.channel('room'));
  });

  test('aborts the signal of its join when it is left, also for who looks at it only then', async () => {
    const requests: JoinRequest[] = [];
    const join = (request: JoinRequest) => void requests.push(request);
    const { connection, up } = stage({
      channels: fakeProtocol({ open: () => ({ join, leave() {}, push() {}, receive() {} }) }),
    });
    up();
    await microtasks();
    const [seen, unseen] = ['a', 'b'].map((topic) => channel(connection, topic));
    for (const one of [seen, unseen]) one?.retain();
    await microtasks();
    const signal = requests[0]?.signal;
    expect(signal?.aborted).toBe(false);
    for (const one of [seen, unseen]) one?.leave();
    expect([signal?.aborted, requests[1]?.signal.aborted]).toEqual([true, true]);
  });

  test('costs no frame when it is let go and taken in one breath', async () => {
    const { channel, online, said, accept, environment } = channelStage();
    await online();
    const room = channel('room');
    const release = room.retain();
    await microtasks();
    await accept('room');
    said();
    release();
    const other = channel('room').retain();
    environment.advance(10_000);
    expect([said(), statusOf(room)]).toEqual([[], 'joined']);
    other();
    environment.advance(0);
    expect(said()).toMatchObject([{ type: 'unsubscribe', topic: 'room' }]);
  });

  test('that is given up before the server was asked costs no frame either', async () => {
    const { channel, online, said, environment } = channelStage();
    await online();
    const room = channel('room', { params: () => new Promise(() => {}) });
    const release = room.retain();
    await microtasks();
    release();
    environment.advance(0);
    expect([statusOf(room), said()]).toEqual(['left', []]);
  });

  test('waits for the goodbye to be heard before it joins again', async () => {
    const { channel, online, said, accept, tell } = channelStage();
    await online();
    const room = channel('room');
    room.retain();
    await microtasks();
    await accept('room');
    said();
    room.leave();
    room.retain();
    await microtasks();
    const [bye, ...more] = said();
    expect([bye?.type, more]).toEqual(['unsubscribe', []]);
    await tell({ type: 'ack', id: bye?.id });
    expect(said()).toMatchObject([{ type: 'subscribe' }]);
  });

  test('does not wait for ever for a goodbye that is not answered', async () => {
    const { channel, online, accept, environment } = channelStage();
    await online();
    const room = channel('room');
    room.retain();
    await microtasks();
    await accept('room');
    room.leave();
    expect(statusOf(room)).toBe('leaving');
    environment.advance(2_000);
    expect(statusOf(room)).toBe('left');
  });

  test('with other params waits until the topic is free, and the one that nobody wants any more yields at once', async () => {
    const { channel, online, said, accept, tell } = channelStage();
    await online();
    const [first, second] = [channel('room', { params: 1 }), channel('room', { params: 2 })];
    const release = first.retain();
    await microtasks();
    await accept('room');
    said();
    release();
    second.retain();
    await microtasks();
    const [bye] = said();
    expect([statusOf(first), statusOf(second), bye?.type]).toEqual(['leaving', 'joining', 'unsubscribe']);
    await tell({ type: 'ack', id: bye?.id });
    expect(said()).toMatchObject([{ type: 'subscribe', payload: 2 }]);
  });

  test('with other params gets the topic at once from one that was let go of before its join was sent', async () => {
    const { channel, online, said } = channelStage();
    await online();
    const release = channel('room', { params: () => new Promise(() => {}) }).retain();
    await microtasks();
    release();
    channel('room', { params: { b: 1 } }).retain();
    await microtasks();
    expect(said()).toMatchObject([{ type: 'subscribe', topic: 'room', payload: { b: 1 } }]);
  });

  test('with other params than one that is wanted waits, and says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { channel, online, accept } = channelStage();
    await online();
    const [first, second] = [channel('room', { params: 1 }), channel('room', { params: 2 })];
    first.retain();
    await microtasks();
    await accept('room');
    second.retain();
    expect([statusOf(first), statusOf(second)]).toEqual(['joined', 'joining']);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('other params'));
  });

  test.each([0, 1, 2, 3])('says goodbye for what it said hello to, %i microtasks after asking', async (turns) => {
    const { channel, online, said } = channelStage();
    await online();
    const room = channel('room');
    room.retain();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    room.leave();
    await microtasks();
    const types = said().map(({ type }) => type);
    expect(types.filter((type) => type === 'subscribe').length).toBe(
      types.filter((type) => type === 'unsubscribe').length,
    );
  });

  test('that waits for another of its topic warns once, however often it is asked for', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { channel, online, accept } = channelStage();
    await online();
    channel('room', { params: 1 }).retain();
    await microtasks();
    await accept('room');
    for (let count = 0; count < 10; count++) {
      channel('room', { params: 2 }).retain();
      channel('room', { params: 2 }).leave();
    }
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test.each([{ joinTimeout: NaN }, { joinTimeout: 0 }, { rejoin: { maxDelay: -1 } }, { rejoin: { jitter: 'no' } }])(
    'refuses %o',
    (options) => {
      expect(() => channelStage().channel('room', options as ChannelOptions)).toThrow(InvalidOptionError);
    },
  );

  test('needs a protocol and a topic', () => {
    const { connection } = stage();
    expect(() => channel(connection, 'room')).toThrow(
      expect.objectContaining({
        code: 'no-channels',
        message: expect.stringMatching(/envelope.*phoenix.*centrifugo.*pusher/),
        remedy: expect.stringMatching(/envelope.*phoenix.*centrifugo.*pusher/),
      }),
    );
    expect(() => channelStage().channel('')).toThrow(InvalidOptionError);
  });
});

describe('a refusal', () => {
  const joining = async (params: unknown = undefined) => {
    const on = channelStage();
    await on.online();
    const room = on.channel('room', { params });
    room.retain();
    await microtasks();
    return { ...on, room, asked: () => on.said().at(-1)?.id };
  };

  test('for good fails the channel, and asking again tries again', async () => {
    const { room, asked, tell, said, status } = await joining();
    await tell({ type: 'error', id: asked(), message: 'members only', payload: { plan: 'free' } });
    expect(room.getSnapshot()).toMatchObject({
      status: 'failed',
      error: { code: 'channel-refused', message: 'members only', reason: { plan: 'free' } },
    });
    expect(status()).toBe('connected');
    room.retain();
    await microtasks();
    expect([statusOf(room), said().length]).toEqual(['joining', 1]);
  });

  test('for now is tried again after a random wait that grows', async () => {
    const { room, asked, tell, said, environment } = await joining();
    const waits: number[] = [];
    for (let round = 0; round < 3; round++) {
      await tell({ type: 'error', id: asked(), message: 'busy', retry: true });
      expect(room.getSnapshot()).toMatchObject({ status: 'joining', error: { message: 'busy' } });
      const from = environment.time;
      while (!environment.timers.every(({ at }) => at > environment.time + 8_000)) {
        environment.advance(1);
        await microtasks();
        if (statusOf(room) === 'joining' && environment.timers.some(({ at }) => at === environment.time + 10_000))
          break;
      }
      waits.push(environment.time - from);
    }
    expect(waits).toEqual([3_500, 5_000, 5_000]); // chance is one half
    expect(said().length).toBe(1);
  });

  test('by whoever authorises says itself what is to become of it', async () => {
    const params = vi.fn((): string => {
      if (params.mock.calls.length < 2) throw new ChannelRefusal('expired', { verdict: 'reauth' });
      return 'fresh';
    });
    const { said } = await joining(params);
    expect(said()).toMatchObject([{ type: 'subscribe', payload: 'fresh' }]);
  });

  test('twice for want of a fresh authorisation is final', async () => {
    const refuse = () => {
      throw new ChannelRefusal('expired', { verdict: 'reauth' });
    };
    const { room } = await joining(refuse);
    expect(room.getSnapshot()).toMatchObject({ status: 'failed', error: { message: 'expired' } });
  });

  test('by silence is a timeout: the server is told that we are not in, and asked again', async () => {
    const { room, said, environment } = await joining();
    const [first] = said();
    environment.advance(10_000);
    expect(room.getSnapshot().error).toMatchObject({ name: 'TimeoutError' });
    environment.advance(3_500);
    await microtasks();
    expect(said()).toMatchObject([{ type: 'unsubscribe' }, { type: 'subscribe' }]);
    expect(first?.type).toBe('subscribe');
  });

  test('of one touches no other', async () => {
    const { room, channel, asked, tell, accept } = await joining();
    const refused = asked();
    const other = channel('other');
    other.retain();
    await microtasks();
    await tell({ type: 'error', id: refused, message: 'no' });
    await accept('other');
    expect([statusOf(room), statusOf(other)]).toEqual(['failed', 'joined']);
  });
});
