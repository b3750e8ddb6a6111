import { describe, expect, test, vi } from 'vitest';
import { ChannelRefusal, StopReconnecting, TautlineError } from '../../src/errors';
import { microtasks } from '../kit/fakeEnvironment';
import { fakeLine, type FakeLineOptions } from './centrifugoKit';

const refusing = (code: number, options: FakeLineOptions = {}) =>
  fakeLine({ ...options, welcome: [{ id: 1, error: { code, message: 'no' } }] }).catch((error: unknown) => error);
const welcome = (connect: object) => [{ id: 1, connect: { client: 'me', ...connect } }];

describe('connecting', () => {
  test('says who is there, with what the backend is to know', async () => {
    const line = await fakeLine({ token: 'secret', data: { page: 1 } });
    expect(line.sent()).toEqual([
      { id: 1, connect: { name: 'tautline', token: 'secret', subs: {}, data: { page: 1 } } },
    ]);
  });

  test('asks for token and data each time', async () => {
    let asked = 0;
    const token = async () => `token ${++asked}`;
    const data = () => ({ asked });
    const first = await fakeLine({ token, data });
    const second = await fakeLine({ token, data, previous: first });
    expect([first.sent(), second.sent()]).toMatchObject([
      [{ connect: { token: 'token 1', data: { asked: 1 } } }],
      [{ connect: { token: 'token 2', data: { asked: 2 } } }],
    ]);
  });

  test('fails as its token does', async () => {
    const stop = new StopReconnecting('signed out');
    await expect(fakeLine({ token: () => Promise.reject(stop) })).rejects.toBe(stop);
  });

  test('tells what the backend answered', async () => {
    const onConnect = vi.fn();
    await fakeLine({ onConnect, welcome: welcome({ data: { hello: 1 } }) });
    expect(onConnect.mock.calls).toEqual([[{ client: 'me', data: { hello: 1 } }]]);
  });

  test('is not disturbed by who listens', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const onConnect = () => {
      throw new Error('oops');
    };
    await expect(fakeLine({ onConnect })).resolves.toBeDefined();
    expect(console.error).toHaveBeenCalledOnce();
    vi.restoreAllMocks();
  });

  test.each([100, 111])('is tried again after error %i', async (code) => {
    const error = await refusing(code);
    expect(error).toBeInstanceOf(TautlineError);
    expect(error).toMatchObject({ code: 'handshake-rejected', message: `no (${code})`, cause: { code } });
  });

  test.each([101, 103, 107, 108, 1999])('ends for good after error %i', async (code) => {
    expect(await refusing(code)).toBeInstanceOf(StopReconnecting);
  });

  test.each([109, 110])('with an expired token (%i) is tried again where another can be had', async (code) => {
    expect(await refusing(code, { token: () => 'old' })).not.toBeInstanceOf(StopReconnecting);
    expect(await refusing(code, { token: 'old' })).toBeInstanceOf(StopReconnecting);
  });

  test('is a failed attempt when the server answers something else', async () => {
    await expect(fakeLine({ welcome: [{}] })).rejects.toMatchObject({ code: 'handshake-rejected' });
    await expect(fakeLine({ welcome: [] })).rejects.toMatchObject({ code: 'handshake-rejected' });
  });
});

describe('a ping', () => {
  test('is answered if the server wants it', async () => {
    const line = await fakeLine({ welcome: welcome({ ping: 25, pong: true }) });
    line.sent();
    await line.hear({}, {});
    expect(line.sent()).toEqual([{}, {}]);
  });

  test('is not answered if the server does not', async () => {
    const line = await fakeLine({ welcome: welcome({ ping: 25 }) });
    line.sent();
    await line.hear({});
    expect(line.sent()).toEqual([]);
  });

  test('that is 10 s late means that the line is dead', async () => {
    const line = await fakeLine({ welcome: welcome({ ping: 25 }) });
    expect(line.session.idleTimeout).toBe(35_000);
  });

  test('is not missed where the server sends none', async () => {
    expect((await fakeLine()).session.idleTimeout).toBeUndefined();
  });
});

describe("a connection's token", () => {
  const expiring = (options: FakeLineOptions) =>
    fakeLine({ welcome: welcome({ expires: true, ttl: 100 }), ...options });

  test('is replaced on the live line before it expires, again and again', async () => {
    let issued = 0;
    const line = await expiring({ token: () => `token ${++issued}` });
    line.sent();
    line.environment.advance(80_000 - 1);
    await microtasks();
    expect(line.sent()).toEqual([]);
    line.environment.advance(15_000);
    await microtasks();
    expect(line.sent()).toEqual([{ id: 2, refresh: { token: 'token 2' } }]);
    await line.answer('refresh', { expires: true, ttl: 50 });
    line.environment.advance(50_000);
    await microtasks();
    expect(line.sent()).toEqual([{ id: 3, refresh: { token: 'token 3' } }]);
    await line.answer('refresh', {});
    expect(line.environment.timers).toEqual([]);
  });

  test('is replaced at a moment of its own', async () => {
    const momentFor = async (chance: number) => {
      const { environment } = await expiring({ token: () => 'token', chance });
      return environment.timers.map(({ at }) => at - environment.time);
    };
    expect([await momentFor(0), await momentFor(0.999)]).toEqual([[80_000], [94_985]]);
  });

  test('that lasts longer than a timer is asked for early', async () => {
    const line = await fakeLine({ welcome: welcome({ expires: true, ttl: 10 ** 9 }), token: () => 'token' });
    expect(line.environment.timers).toHaveLength(1);
  });

  test('that cannot be had is asked for again soon', async () => {
    const token = vi.fn(() => 'good');
    const line = await expiring({ token });
    line.sent();
    token.mockImplementationOnce(() => {
      throw new Error('offline');
    });
    line.environment.advance(90_000);
    await microtasks();
    expect(line.sent()).toEqual([]);
    line.environment.advance(6_000);
    await microtasks();
    expect(line.sent()).toMatchObject([{ refresh: { token: 'good' } }]);
  });

  test.each([100, 109])('that the server refuses for now (%i) is asked for again', async (code) => {
    const line = await expiring({ token: () => 'token' });
    line.environment.advance(95_000);
    await microtasks();
    await line.refuse('refresh', { code });
    line.sent();
    line.environment.advance(6_000);
    await microtasks();
    expect([line.sent(), line.failures]).toMatchObject([[{ refresh: { token: 'token' } }], []]);
  });

  test('that the server refuses for good ends the connection', async () => {
    const line = await expiring({ token: () => 'token' });
    line.environment.advance(95_000);
    await microtasks();
    await line.refuse('refresh', { code: 103, message: 'permission denied' });
    expect(line.failures).toEqual([expect.any(StopReconnecting)]);
    expect(line.failures).toMatchObject([{ message: 'permission denied', cause: { code: 103 } }]);
  });

  test.each([new StopReconnecting('signed out'), new ChannelRefusal('signed out')])(
    'that the app will not give any more (%s) ends the connection',
    async (error) => {
      const token = vi.fn<() => string>(() => 'token');
      const line = await expiring({ token });
      token.mockImplementation(() => {
        throw error;
      });
      line.environment.advance(95_000);
      await microtasks();
      expect(line.failures).toMatchObject([{ code: 'reconnect-stopped', cause: error }]);
    },
  );

  test('that there is none of any more ends the connection, and the server is not asked', async () => {
    const token = vi.fn(() => 'token');
    const line = await expiring({ token });
    line.sent();
    token.mockReturnValue('');
    line.environment.advance(95_000);
    await microtasks();
    expect([line.sent(), line.failures]).toEqual([[], [expect.any(StopReconnecting)]]);
  });

  test('that never changes is left to expire', async () => {
    const line = await expiring({ token: 'for ever' });
    expect(line.environment.timers).toEqual([]);
  });

  test('is nobody’s business once the line is over', async () => {
    const line = await expiring({ token: () => 'token' });
    line.drop();
    expect(line.environment.timers).toEqual([]);
  });

  test('that arrives after the line is over starts nothing', async () => {
    let arrive = (_token: string) => {};
    const token = vi.fn<() => string | Promise<string>>(() => 'token');
    const line = await expiring({ token });
    token.mockImplementation(() => new Promise((resolve) => (arrive = resolve)));
    line.environment.advance(95_000);
    line.drop();
    arrive('late');
    await microtasks();
    await line.answer('refresh', { expires: true, ttl: 1 });
    expect(line.environment.timers).toEqual([]);
  });
});
