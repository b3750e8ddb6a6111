import { afterEach, describe, expect, it, vi } from 'vitest';
import type {
  PusherAuthorization,
  PusherAuthorizeBatchRequest,
  PusherAuthorizeRequest,
} from '../../src/protocols/pusher';
import { microtasks } from '../kit/fakeEnvironment';
import { SOCKET_ID, speak } from './pusherSession';

afterEach(() => vi.unstubAllGlobals());

/** Answers as an app's server does, and notes how it was asked. */
function endpoint(answer: () => Response | Promise<Response> = () => Response.json({ auth: 'key:signed' })) {
  const fetched: Request[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    fetched.push(new Request(new URL(url, 'https://app.test'), init));
    return Promise.resolve().then(answer);
  });
  return fetched;
}

/** An `authorize` whose requests are answered by hand. */
function byHand() {
  const asked: (PusherAuthorizeRequest & { answer: (authorization: PusherAuthorization) => void })[] = [];
  const authorize = (request: PusherAuthorizeRequest) =>
    new Promise<PusherAuthorization>((answer, reject) => {
      request.signal.addEventListener('abort', () => reject(new Error('aborted')));
      asked.push({ ...request, answer });
    });
  return { asked, authorize };
}

const signed = (channel: string): PusherAuthorization => ({ auth: `key:${channel}` });

describe('the endpoint', () => {
  it('is asked as by pusher-js, and what it signed goes along with the subscribe', async () => {
    const fetched = endpoint(() => Response.json({ auth: 'key:signed', channel_data: '{"user_id":"1"}', other: 1 }));
    const { join, said } = await speak();
    await join('presence-a b', 1);
    const [request] = fetched;
    expect(request).toMatchObject({ method: 'POST', url: 'https://app.test/pusher/auth', credentials: 'same-origin' });
    expect(request?.headers.get('content-type')).toContain('application/x-www-form-urlencoded');
    expect(await request?.text()).toBe(`socket_id=${SOCKET_ID}&channel_name=presence-a+b`);
    const data = { channel: 'presence-a b', auth: 'key:signed', channel_data: '{"user_id":"1"}' };
    expect(said()).toEqual([{ event: 'pusher:subscribe', data }]);
  });

  it('may be elsewhere, want cookies, and headers as they are at that moment', async () => {
    const fetched = endpoint();
    let token = 1;
    const { join } = await speak({
      authEndpoint: 'https://api.test/broadcasting/auth',
      credentials: 'include',
      headers: () => ({ authorization: `Bearer ${token++}` }),
    });
    await join('private-a', 1);
    await join('private-b', 2);
    expect(fetched.map(({ url, headers }) => [url, headers.get('authorization'), headers.get('accept')])).toEqual([
      ['https://api.test/broadcasting/auth', 'Bearer 1', 'application/json'],
      ['https://api.test/broadcasting/auth', 'Bearer 2', 'application/json'],
    ]);
    expect(fetched[0]?.credentials).toBe('include');
  });

  it.each([
    [401, 'stop'],
    [403, 'stop'],
    [419, 'stop'],
    [429, 'slow'],
    [500, 'retry'],
    [503, 'slow'],
  ])('that answers %i: %s', async (status, verdict) => {
    endpoint(() => new Response('no', { status }));
    const { join, said } = await speak();
    await expect(join('private-a', 1)).rejects.toMatchObject({ name: 'ChannelRefusal', verdict, reason: { status } });
    expect(said()).toEqual([]);
  });

  it.each([{}, { auth: '' }, null, []])('that signs nothing refuses for good: %o', async (answer) => {
    endpoint(() => Response.json(answer));
    const { join } = await speak();
    await expect(join('private-a', 1)).rejects.toMatchObject({ name: 'ChannelRefusal', verdict: 'stop' });
  });

  it.each([
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['answers with a page', () => new Response('<html>')],
  ])('that %s is tried again', async (_name, answer) => {
    endpoint(answer);
    const { join } = await speak();
    const failure = await join('private-a', 1).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toHaveProperty('verdict');
  });

  it('is not asked about public channels', async () => {
    const fetched = endpoint();
    const { join } = await speak();
    await join('news', 1);
    expect(fetched).toEqual([]);
  });
});

describe('an own way to ask', () => {
  it('gets the socket, the channel and a signal', async () => {
    const { asked, authorize } = byHand();
    const { join, said } = await speak({ authorize });
    const joined = join('private-a', 1);
    await microtasks();
    expect(asked).toMatchObject([{ socketId: SOCKET_ID, channel: 'private-a', signal: { aborted: false } }]);
    asked[0]?.answer(signed('private-a'));
    await joined;
    expect(said()).toMatchObject([{ data: { channel: 'private-a', auth: 'key:private-a' } }]);
  });

  it('is abandoned with the join, and what it answers too late is not used', async () => {
    const request = vi.fn<(asked: PusherAuthorizeRequest) => void>();
    let answer = (_: PusherAuthorization) => {};
    const authorize = (asked: PusherAuthorizeRequest) => {
      request(asked);
      return new Promise<PusherAuthorization>((resolve) => (answer = resolve));
    };
    const { join, said } = await speak({ authorize });
    const wish = new AbortController();
    const joined = join('private-a', 1, wish.signal);
    await microtasks();
    wish.abort();
    expect(request.mock.lastCall?.[0].signal.aborted).toBe(true);
    answer(signed('private-a'));
    await expect(joined).rejects.toBeDefined();
    expect(said()).toEqual([]);
  });

  it('is asked for six channels at a time, in order', async () => {
    const { asked, authorize } = byHand();
    const { join } = await speak({ authorize });
    const wish = new AbortController();
    const joins = Array.from({ length: 9 }, (_, at) =>
      join(`private-${at}`, at + 1, at === 6 ? wish.signal : undefined),
    );
    joins[6]?.catch(() => {});
    await microtasks();
    expect(asked.map(({ channel }) => channel)).toEqual([0, 1, 2, 3, 4, 5].map((at) => `private-${at}`));
    wish.abort(); // nobody waits for private-6 any more
    asked[3]?.answer(signed('private-3'));
    await microtasks();
    expect(asked.slice(6).map(({ channel }) => channel)).toEqual(['private-7']);
    asked[0]?.answer(signed('private-0'));
    await microtasks();
    expect(asked.slice(6).map(({ channel }) => channel)).toEqual(['private-7', 'private-8']);
  });

  it('that never answers, and heeds no signal, keeps nobody else waiting once its joins are over', async () => {
    const asked: string[] = [];
    const authorize = ({ channel }: PusherAuthorizeRequest) => {
      asked.push(channel);
      return new Promise<never>(() => {});
    };
    const { join } = await speak({ authorize });
    const wish = new AbortController();
    const stuck = Array.from({ length: 6 }, (_, at) => join(`private-${at}`, at, wish.signal).catch(() => {}));
    void join('private-fine', 7);
    await microtasks();
    expect(asked).toHaveLength(6);
    wish.abort();
    await Promise.all(stuck);
    await microtasks();
    expect(asked[6]).toBe('private-fine');
  });
});

describe('a batch', () => {
  const batchOf = (answer: (channels: readonly string[]) => unknown) => {
    const asked: PusherAuthorizeBatchRequest[] = [];
    const authorizeBatch = async (request: PusherAuthorizeBatchRequest) => {
      asked.push(request);
      return answer(request.channels) as Map<string, PusherAuthorization>; // or a record
    };
    return { asked, authorizeBatch };
  };
  const all = (channels: readonly string[]) => new Map(channels.map((channel) => [channel, signed(channel)]));

  it('holds every channel that joins in the same moment', async () => {
    const { asked, authorizeBatch } = batchOf(all);
    const { join, said } = await speak({ authorizeBatch });
    await Promise.all(['private-a', 'news', 'presence-b'].map((topic, at) => join(topic, at + 1)));
    expect(asked).toMatchObject([{ socketId: SOCKET_ID, channels: ['private-a', 'presence-b'] }]);
    expect(said().map(({ data }) => data)).toMatchObject([
      { channel: 'news' },
      { channel: 'private-a', auth: 'key:private-a' },
      { channel: 'presence-b', auth: 'key:presence-b' },
    ]);
    await join('private-c', 4);
    expect(asked.map(({ channels }) => channels)).toEqual([['private-a', 'presence-b'], ['private-c']]);
  });

  it('may be answered with an object, and refuses what is missing in it for good', async () => {
    const { authorizeBatch } = batchOf(() => ({ 'private-a': signed('private-a') }));
    const { join, said } = await speak({ authorizeBatch });
    const joins = ['private-a', 'private-b', 'private-__proto__'].map((topic, at) => join(topic, at + 1));
    expect((await Promise.allSettled(joins)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    await expect(joins[1]).rejects.toMatchObject({ name: 'ChannelRefusal', verdict: 'stop' });
    expect(said()).toHaveLength(1);
  });

  it('that fails, fails for all of them', async () => {
    const { authorizeBatch } = batchOf(() => {
      throw new Error('no network');
    });
    const { join } = await speak({ authorizeBatch });
    const joins = [join('private-a', 1), join('private-b', 2)];
    for (const { status } of await Promise.allSettled(joins)) expect(status).toBe('rejected');
    await expect(joins[1]).rejects.toThrow('no network');
  });

  it('is abandoned when nobody waits for any of it', async () => {
    const { asked, authorizeBatch } = batchOf(() => new Promise(() => {}));
    const { join } = await speak({ authorizeBatch });
    const wishes = [new AbortController(), new AbortController()];
    wishes.forEach(({ signal }, at) => void join(`private-${at}`, at + 1, signal));
    await microtasks();
    wishes[0]?.abort();
    expect(asked[0]?.signal.aborted).toBe(false);
    wishes[1]?.abort();
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('is not asked for what nobody wants any more', async () => {
    const { asked, authorizeBatch } = batchOf(all);
    const { join } = await speak({ authorizeBatch });
    const wish = new AbortController();
    const joins = [join('private-a', 1, wish.signal), join('private-b', 2)];
    wish.abort();
    await Promise.allSettled(joins);
    expect(asked.map(({ channels }) => channels)).toEqual([['private-b']]);
  });
});

describe('after a server went away and came back', () => {
  it.each([
    ['once for a hundred channels', 1],
    ['for each of a hundred channels', 100],
  ])('the app is asked after a random wait: %s', async (_how, count) => {
    const asked = vi.fn(
      (channels: readonly string[]) => new Map(channels.map((channel) => [channel, signed(channel)])),
    );
    const authorize = async ({ channel }: PusherAuthorizeRequest) => asked([channel]).get(channel) ?? { auth: '' };
    const authorizeBatch = async ({ channels }: PusherAuthorizeBatchRequest) => asked(channels);
    const options = count > 1 ? { authorize } : { authorizeBatch };
    const { join, clock, said } = await speak(options, { retries: 1 });
    const joins = Array.from({ length: 100 }, (_, at) => join(`private-${at}`, at + 1));
    joins.push(join('news', 101));
    clock.advance(3_499); // half of the spread, by a chance of one half
    await microtasks();
    expect(asked).not.toHaveBeenCalled();
    expect(said()).toMatchObject([{ data: { channel: 'news' } }]);
    clock.advance(1);
    await Promise.all(joins);
    expect(asked).toHaveBeenCalledTimes(count);
    await join('private-late', 102); // later nobody waits
    expect(asked).toHaveBeenCalledTimes(count + 1);
  });

  it('the wait may be longer, and ends with the line', async () => {
    const { authorize, asked } = byHand();
    const { join, clock, line } = await speak({ authorize, authorizeSpread: 20_000 }, { retries: 3 });
    void join('private-a', 1);
    clock.advance(9_999);
    await microtasks();
    expect([asked.length, clock.timers.length]).toEqual([0, 1]);
    line.abort();
    expect(clock.timers).toEqual([]);
  });

  it.each([
    ['needed no retry', 0],
    ['has waited longer itself', 4],
  ])('a line that %s does not wait', async (_name, retries) => {
    const { authorize, asked } = byHand();
    const { join, clock } = await speak({ authorize }, { retries });
    void join('private-a', 1);
    await microtasks();
    expect([asked.length, clock.timers.length]).toEqual([1, 0]);
  });
});
