import { describe, expect, test, vi } from 'vitest';
import { ChannelRefusal } from '../../src/errors';
import { centrifugo, type CentrifugoParams } from '../../src/protocols/centrifugo';
import { microtasks } from '../kit/fakeEnvironment';
import { fakeLine, positionIn } from './centrifugoKit';

const pub = (data: unknown, offset?: number | string) => ({ push: { channel: 'news', pub: { data, offset } } });

describe('a join', () => {
  test('asks for the channel, as its params say', async () => {
    const line = await fakeLine();
    line.sent();
    const params: CentrifugoParams = {
      token: 't',
      data: { a: 1 },
      joinLeave: true,
      positioned: true,
      recoverable: true,
    };
    await line.join({ params });
    const subscribe = {
      channel: 'news',
      token: 't',
      data: { a: 1 },
      join_leave: true,
      positioned: true,
      recoverable: true,
    };
    expect(line.sent()).toEqual([{ id: 2, subscribe }]);
  });

  test('for which nobody has to be asked makes no signal, which would be heavier than the channel', async () => {
    const line = await fakeLine();
    const read = vi.fn(() => new AbortController().signal);
    const join = { ref: 900, topic: 'news', params: undefined, position: undefined };
    await line.session.join({
      ...join,
      get signal() {
        return read();
      },
    });
    await line.answer('subscribe', {});
    expect(line.told()).toMatchObject([{ type: 'reply', ref: 900 }]);
    expect(read).not.toHaveBeenCalled();
  });

  test('is told what the server said', async () => {
    const line = await fakeLine();
    const ref = await line.enter({ data: { topic: 'all' } });
    expect(line.told()).toEqual([{ type: 'reply', ref, payload: { topic: 'all' }, recovered: false }]);
  });

  test('that is refused says why', async () => {
    const line = await fakeLine();
    const ref = await line.join();
    await line.refuse('subscribe', { code: 103, message: 'permission denied' });
    const reason = { code: 103, message: 'permission denied' };
    expect(line.told()).toEqual([{ type: 'refusal', ref, message: 'permission denied', reason, verdict: 'stop' }]);
    await line.hear(pub(1));
    expect(line.told()).toEqual([]);
  });
});

describe("a channel's token", () => {
  test('is asked for before each join', async () => {
    const subscriptionToken = vi.fn(async () => 'token');
    const line = await fakeLine({ subscriptionToken });
    line.sent();
    const { signal } = new AbortController();
    await line.join({ signal });
    expect(subscriptionToken.mock.calls).toEqual([[{ channel: 'news', signal }]]);
    expect(line.sent()).toEqual([{ id: 2, subscribe: { channel: 'news', token: 'token' } }]);
  });

  test('that comes too late is not used', async () => {
    const controller = new AbortController();
    const line = await fakeLine({
      async subscriptionToken() {
        controller.abort();
        return 'token';
      },
    });
    line.sent();
    await line.join({ signal: controller.signal });
    expect(line.sent()).toEqual([]);
  });

  test('in the params is taken as it is', async () => {
    const subscriptionToken = vi.fn();
    const line = await fakeLine({ subscriptionToken });
    line.sent();
    await line.join({ params: { token: 'mine' } });
    expect([line.sent(), subscriptionToken.mock.calls]).toMatchObject([[{ subscribe: { token: 'mine' } }], []]);
  });

  test('in the params is not renewed through `subscriptionToken`', async () => {
    const subscriptionToken = vi.fn();
    const line = await fakeLine({ subscriptionToken });
    await line.enter({ expires: true, ttl: 100 }, { params: { token: 'mine' } });
    expect(line.environment.timers).toEqual([]);
    expect(subscriptionToken).not.toHaveBeenCalled();
  });

  test('that the params leave open is asked for, and nothing in them takes its place or that of the channel', async () => {
    const line = await fakeLine({ subscriptionToken: () => 'fresh' });
    line.sent();
    await line.join({ params: { token: undefined, channel: 'elsewhere', offset: 7 } });
    expect(line.sent()).toEqual([{ id: 2, subscribe: { channel: 'news', token: 'fresh' } }]);
  });

  test('that cannot be had is the rejection of the join', async () => {
    const refusal = new ChannelRefusal('not you');
    const line = await fakeLine({ subscriptionToken: () => Promise.reject(refusal) });
    await expect(line.join()).rejects.toBe(refusal);
  });

  test('is replaced on the live line before it expires', async () => {
    let issued = 0;
    const line = await fakeLine({ subscriptionToken: () => `token ${++issued}` });
    await line.enter({ expires: true, ttl: 100 });
    line.sent();
    line.environment.advance(95_000);
    await microtasks();
    expect(line.sent()).toEqual([{ id: 3, sub_refresh: { channel: 'news', token: 'token 2' } }]);
    await line.answer('sub_refresh', { expires: true, ttl: 10 });
    line.environment.advance(10_000);
    await microtasks();
    expect(line.sent()).toEqual([{ id: 4, sub_refresh: { channel: 'news', token: 'token 3' } }]);
  });

  test('that is not renewed for good ends the membership, and the server is told', async () => {
    const line = await fakeLine({ subscriptionToken: () => 'token' });
    const ref = await line.enter({ expires: true, ttl: 100 });
    line.environment.advance(95_000);
    await microtasks();
    line.told();
    line.sent();
    await line.refuse('sub_refresh', { code: 103, message: 'permission denied' });
    expect(line.told()).toMatchObject([
      { type: 'ended', topic: 'news', ref, message: 'permission denied', verdict: 'stop' },
    ]);
    expect(line.sent()).toEqual([{ id: 4, unsubscribe: { channel: 'news' } }]);
    expect(line.environment.timers).toEqual([]);
  });

  test.each(['leave', 'unsubscribe', 'drop'])('is nobody’s business after %s', async (how) => {
    const line = await fakeLine({ subscriptionToken: () => 'token' });
    const joinRef = await line.enter({ expires: true, ttl: 100 });
    if (how === 'leave') {
      line.session.leave({ ref: 900, topic: 'news', joinRef });
      await line.answer('unsubscribe', {});
    } else if (how === 'drop') line.drop();
    else await line.hear({ push: { channel: 'news', unsubscribe: { code: 2000 } } });
    expect(line.environment.timers).toEqual([]);
  });
});

describe('a publication', () => {
  test('is an event by its name, or the event `publication`', async () => {
    const line = await fakeLine();
    await line.enter();
    line.told();
    const odd = [{ event: 'x' }, { event: 1, payload: 2 }, { event: 'x', payload: 1, more: 2 }, null, 'text', [1]];
    await line.hear(
      pub({ event: 'said', payload: { n: 1 } }),
      pub({ event: 'gone', payload: null }),
      ...odd.map((data) => pub(data)),
    );
    expect(line.told().map((fact) => fact.type === 'event' && [fact.event, fact.payload])).toEqual([
      ['said', { n: 1 }],
      ['gone', null],
      ...odd.map((data) => ['publication', data]),
    ]);
  });

  test('means what the app says, with all that the server told of it', async () => {
    const toEvent = vi.fn((data: unknown, { tags }: { tags?: Readonly<Record<string, string>> }) => ({
      event: tags?.['kind'] ?? '',
      payload: data,
    }));
    const line = await fakeLine({ toEvent });
    await line.enter();
    line.told();
    await line.hear({ push: { channel: 'news', pub: { data: 1, tags: { kind: 'tick' } } } });
    expect(line.told()).toMatchObject([{ event: 'tick', payload: 1 }]);
  });

  test('that the app cannot read keeps none of the others away', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const toEvent = (data: unknown) => {
      if (data === 2) throw new Error('two');
      return { event: 'number', payload: data };
    };
    const line = await fakeLine({ toEvent });
    await line.enter();
    line.told();
    await line.hear(pub(1), pub(2), pub(3));
    expect(line.told()).toMatchObject([{ payload: 1 }, { payload: 3 }]);
    vi.restoreAllMocks();
  });

  test('of a channel that nobody joined is ignored', async () => {
    const line = await fakeLine();
    await line.hear(pub(1), { push: { channel: '__proto__', pub: { data: 1 } } }, { push: {} });
    expect(line.told()).toEqual([]);
  });

  test('goes out as it came', async () => {
    const line = await fakeLine();
    const joinRef = await line.enter();
    line.sent();
    line.told();
    const push = { topic: 'news', joinRef, isWanted: () => true };
    line.session.push({ ...push, ref: 900, event: 'said', payload: { n: 1 } });
    line.session.push({ ...push, ref: 901, event: 'gone', payload: undefined });
    line.session.push({ ...push, ref: 902, event: 'publication', payload: [1] });
    expect(line.sent()).toMatchObject([
      { publish: { channel: 'news', data: { event: 'said', payload: { n: 1 } } } },
      { publish: { channel: 'news', data: { event: 'gone', payload: null } } },
      { publish: { channel: 'news', data: [1] } },
    ]);
    await line.answer('publish', {});
    expect(line.told()).toEqual([{ type: 'reply', ref: 902, payload: {} }]);
  });

  test('that is refused says why', async () => {
    const line = await fakeLine({ toData: (_event, payload) => payload });
    const joinRef = await line.enter();
    line.told();
    const isWanted = () => true;
    line.session.push({ ref: 900, topic: 'news', joinRef, event: 'any', payload: undefined, isWanted });
    await line.refuse('publish', { code: 111, message: 'too many requests', temporary: true });
    const reason = { code: 111, message: 'too many requests', temporary: true };
    expect(line.told()).toMatchObject([{ type: 'refusal', ref: 900, message: 'too many requests', reason }]);
  });
});

describe('a position', () => {
  const stream = { recoverable: true, offset: 4, epoch: 'e' };

  test('comes with the join, moves with each publication, and is where the next join goes on', async () => {
    const first = await fakeLine();
    await first.enter(stream);
    const joined = positionIn(first.told());
    await first.hear(pub(1, 5), pub(2, 6));
    const position = positionIn(first.told());
    expect([joined, position]).toMatchObject([
      { offset: 4, epoch: 'e' },
      { offset: 6, epoch: 'e' },
    ]);
    const next = await fakeLine({ previous: first });
    next.sent();
    const ref = await next.enter(
      { ...stream, was_recovering: true, recovered: true, offset: 6, publications: [{ data: 3, offset: 7 }] },
      { position },
    );
    expect(next.sent()).toEqual([{ id: 2, subscribe: { channel: 'news', recover: true, offset: 6, epoch: 'e' } }]);
    expect(next.told()).toMatchObject([
      { type: 'reply', ref, recovered: true },
      { type: 'event', ref, event: 'publication', payload: 3, position: { offset: 7, epoch: 'e' } },
    ]);
  });

  test('that was recovered from counts until the publications after it have come', async () => {
    const first = await fakeLine();
    await first.enter({ ...stream, offset: 1 });
    const position = positionIn(first.told());
    const line = await fakeLine({ previous: first });
    const missed = [2, 3].map((offset) => ({ data: offset, offset }));
    await line.enter(
      { ...stream, offset: 3, was_recovering: true, recovered: true, publications: missed },
      { position },
    );
    expect(line.told().map((fact) => positionIn([fact]))).toMatchObject([{ offset: 1 }, { offset: 2 }, { offset: 3 }]);
  });

  test('above 2^53 keeps its digits', async () => {
    const line = await fakeLine();
    await line.enter(stream);
    line.session.receive(
      centrifugo().codec.decode('{"push":{"channel":"news","pub":{"data":1,"offset":9007199254740993}}}'),
    );
    const position = positionIn(line.told());
    expect(position).toMatchObject({ offset: '9007199254740993', epoch: 'e' });
    const encoded = centrifugo().codec.encode({
      id: 1,
      method: 'subscribe',
      body: { recover: true, ...(position as object) },
    });
    expect(encoded).toContain('"offset":9007199254740993,');
  });

  test('takes the epoch of a stream that has only begun', async () => {
    const line = await fakeLine();
    await line.enter({ recoverable: true });
    await line.hear({ push: { channel: 'news', pub: { data: 1, offset: 1, epoch: 'new' } } });
    expect(positionIn(line.told())).toMatchObject({ offset: 1, epoch: 'new' });
  });

  test('is none where nothing can be recovered', async () => {
    const line = await fakeLine();
    await line.enter({ positioned: true, offset: 4, epoch: 'e' });
    await line.hear(pub(1, 5));
    expect(positionIn(line.told())).toBeUndefined();
  });

  test.each([
    [{ was_recovering: true, recovered: false }, false],
    [{ recovered: true }, false],
    [{ was_recovering: true, recovered: true }, true],
  ])('that was answered with %j: recovered is %s', async (result, recovered) => {
    const line = await fakeLine();
    await line.enter({ ...stream, ...result }, { position: { offset: 1, epoch: 'e' } });
    expect(line.told()).toMatchObject([{ type: 'reply', recovered }]);
  });

  test('that the server will not go on from is given up, and the join says so', async () => {
    const line = await fakeLine();
    const ref = await line.join({ position: { offset: 1, epoch: 'old' } });
    line.sent();
    await line.refuse('subscribe', { code: 112, message: 'unrecoverable position' });
    expect(line.sent()).toEqual([{ id: 3, subscribe: { channel: 'news' } }]);
    await line.answer('subscribe', stream);
    expect(line.told()).toMatchObject([{ type: 'reply', ref, recovered: false, position: { offset: 4 } }]);
  });

  test('is not asked about again for a join that nobody wants any more', async () => {
    const line = await fakeLine();
    const controller = new AbortController();
    await line.join({ position: { offset: 1, epoch: 'old' }, signal: controller.signal });
    line.sent();
    controller.abort();
    await line.refuse('subscribe', { code: 112 });
    expect(line.sent()).toEqual([]);
  });
});

describe('the end of a membership', () => {
  test('is asked for, and told when the server has heard it', async () => {
    const line = await fakeLine();
    const joinRef = await line.enter();
    line.told();
    line.sent();
    line.session.leave({ ref: 900, topic: 'news', joinRef });
    expect([line.sent(), line.told()]).toEqual([[{ id: 3, unsubscribe: { channel: 'news' } }], []]);
    await line.answer('unsubscribe', {});
    await line.hear(pub(1));
    expect(line.told()).toEqual([{ type: 'reply', ref: 900, payload: {} }]);
  });

  test.each([
    [2000, 'stop'],
    [2499, 'stop'],
    [2500, 'retry'],
    [2501, 'retry'],
  ])('by code %i of the server has the verdict %s', async (code, verdict) => {
    const line = await fakeLine();
    const ref = await line.enter();
    line.told();
    const reason = { code, reason: 'because' };
    await line.hear({ push: { channel: 'news', unsubscribe: reason } }, pub(1));
    expect(line.told()).toEqual([{ type: 'ended', topic: 'news', ref, message: 'because', reason, verdict }]);
  });

  test('that was meant for a former membership is ignored', async () => {
    const line = await fakeLine();
    await line.join();
    await line.hear({ push: { channel: 'news', unsubscribe: { code: 2000 } } });
    expect(line.told()).toEqual([]);
  });

  test('because the state is invalid voids the position', async () => {
    const line = await fakeLine();
    await line.enter({ recoverable: true, offset: 4, epoch: 'e' });
    const position = positionIn(line.told());
    await line.hear({ push: { channel: 'news', unsubscribe: { code: 2502, reason: 'state invalidated' } } });
    expect(line.told()).toMatchObject([{ verdict: 'retry' }]);
    line.sent();
    await line.join({ position });
    expect(line.sent()).toMatchObject([{ subscribe: { recover: true, epoch: '_' } }]);
  });
});

describe('a frame', () => {
  test('with something wrong in it is refused after the rest was taken', async () => {
    const line = await fakeLine();
    await line.enter();
    line.told();
    const broken = { push: { channel: 'news', pub: null, join: 5, leave: null } };
    expect(() => line.session.receive([pub(1), null, broken, pub(2)] as never)).toThrow(TypeError);
    expect(line.told()).toMatchObject([{ payload: 1 }, { payload: 2 }]);
  });

  test('that answers nobody is ignored', async () => {
    const line = await fakeLine();
    await line.hear({ id: 99, error: { code: 100 } }, { id: '__proto__' });
    expect([line.told(), line.failures]).toEqual([[], []]);
  });
});
