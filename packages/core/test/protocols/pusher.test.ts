import { describe, expect, it } from 'vitest';
import { member, speak, SUCCEEDED } from './pusherSession';

const ERROR = 'pusher:subscription_error';
const subscribe = (channel: string) => ({ event: 'pusher:subscribe', data: { channel } });
const unsubscribe = (channel: string) => ({ event: 'pusher:unsubscribe', data: { channel } });
const leave = (ref: number, topic: string, joinRef: number) => ({ ref, topic, joinRef });

describe('a public channel', () => {
  it('is subscribed to at once, and the success is the reply', async () => {
    const { join, said, hear } = await speak();
    await join('news', 1);
    expect(said()).toEqual([subscribe('news')]);
    expect(hear(SUCCEEDED, 'news', {})).toEqual([{ type: 'reply', ref: 1, payload: {} }]);
    expect(hear('headline', 'news', { n: 1 })).toEqual([
      { type: 'event', topic: 'news', ref: 1, event: 'headline', payload: { n: 1 } },
    ]);
  });

  it('may be confirmed without any data', async () => {
    const { join, hear } = await speak();
    await join('news', 1);
    expect(hear(SUCCEEDED, 'news')).toEqual([{ type: 'reply', ref: 1, payload: {} }]);
  });

  it.each([
    ['pusher:cache_miss', 'pusher:cache_miss'],
    ['pusher_internal:subscription_count', 'pusher:subscription_count'],
    ['__proto__', '__proto__'],
  ])('tells %s as %s', async (event, told) => {
    const { hear } = await member('cache-news');
    expect(hear(event, 'cache-news', { n: 1 })).toMatchObject([{ type: 'event', event: told, payload: { n: 1 } }]);
  });

  it('may be called like a property that every object has', async () => {
    const { hear } = await member('__proto__');
    expect(hear('headline', '__proto__', 1)).toMatchObject([{ type: 'event', topic: '__proto__', ref: 1 }]);
  });

  it('says nothing before it is joined, and none that was not asked for does', async () => {
    const { join, hear } = await speak();
    await join('news', 1);
    expect([hear('headline', 'news', 1), hear('headline', 'other', 1), hear('pusher:signin_success')]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('an encrypted channel', () => {
  it('is refused for good', async () => {
    const { join, said } = await speak();
    await expect(join('private-encrypted-1', 1)).rejects.toMatchObject({ name: 'ChannelRefusal', verdict: 'stop' });
    expect(said()).toEqual([]);
  });
});

describe('leaving', () => {
  it('is told as done at once, and ends the subscription', async () => {
    const { session, told, said, hear } = await member('news');
    session.leave(leave(2, 'news', 1));
    expect(said()).toEqual([unsubscribe('news')]);
    expect(told.splice(0)).toEqual([{ type: 'reply', ref: 2 }]);
    expect(hear('headline', 'news', 1)).toEqual([]);
  });

  it('and coming back begins anew: what comes in between is of the former membership', async () => {
    const { session, said, hear, join, told } = await member('news');
    session.leave(leave(2, 'news', 1));
    await join('news', 3);
    told.length = 0;
    expect(said()).toEqual([unsubscribe('news'), subscribe('news')]);
    expect(hear('headline', 'news', 'late')).toEqual([]);
    expect(hear(SUCCEEDED, 'news', {})).toEqual([{ type: 'reply', ref: 3, payload: {} }]);
    expect(hear('headline', 'news', 1)).toMatchObject([{ ref: 3, payload: 1 }]);
  });

  it('before the answer waits for it, since Pusher refuses to end what has not begun', async () => {
    const { session, said, hear, join, told } = await speak();
    await join('news', 1);
    session.leave(leave(2, 'news', 1));
    expect(told.splice(0)).toEqual([{ type: 'reply', ref: 2 }]);
    expect(said()).toEqual([subscribe('news')]);
    expect(hear(SUCCEEDED, 'news', {})).toEqual([]);
    expect(said()).toEqual([unsubscribe('news')]);
    expect(hear('headline', 'news', 1)).toEqual([]);
  });

  it('and coming back before the answer asks no second time', async () => {
    const { session, said, hear, join, told } = await speak();
    await join('news', 1);
    session.leave(leave(2, 'news', 1));
    await join('news', 3);
    told.length = 0;
    expect(hear(SUCCEEDED, 'news', {})).toEqual([{ type: 'reply', ref: 3, payload: {} }]);
    expect(said()).toEqual([subscribe('news')]);
  });

  it('what was not answered for long ends it at once, so that the next join asks again', async () => {
    const { session, said, join, clock, hear, told } = await speak();
    await join('news', 1);
    clock.advance(10_000);
    session.leave(leave(2, 'news', 1));
    await join('news', 3);
    told.length = 0;
    expect(said()).toEqual([subscribe('news'), unsubscribe('news'), subscribe('news')]);
    expect(hear(SUCCEEDED, 'news', {})).toEqual([{ type: 'reply', ref: 3, payload: {} }]);
  });

  it('a membership that is over already sends nothing', async () => {
    const { session, said, told } = await member('news');
    session.leave(leave(2, 'news', 7));
    session.leave(leave(3, 'other', 8));
    expect(said()).toEqual([]);
    expect(told).toEqual([
      { type: 'reply', ref: 2 },
      { type: 'reply', ref: 3 },
    ]);
  });

  it('ends what the server confirms and nobody asked for', async () => {
    const { hear, said } = await speak();
    expect(hear(SUCCEEDED, 'news', {})).toEqual([]);
    expect(said()).toEqual([unsubscribe('news')]);
  });
});

describe('a refusal by the server', () => {
  it.each([
    [401, 'stop'],
    [403, 'stop'],
    [4009, 'retry'],
    [500, 'retry'],
    [503, 'slow'],
    [undefined, 'retry'],
  ])('with status %s: %s', async (status, verdict) => {
    const { join, hear } = await speak();
    await join('news', 1);
    const data = { type: 'AuthError', error: 'Not you', status };
    expect(hear(ERROR, 'news', data)).toEqual([
      { type: 'refusal', ref: 1, message: `Not you (${status})`, reason: data, verdict },
    ]);
  });

  it('lets the next join ask again', async () => {
    const { join, hear, said } = await speak();
    await join('news', 1);
    hear(ERROR, 'news', { status: 503 });
    await join('news', 2);
    expect(said()).toEqual([subscribe('news'), subscribe('news')]);
    expect(hear(SUCCEEDED, 'news')).toMatchObject([{ type: 'reply', ref: 2 }]);
  });

  it('after success ends the membership for good', async () => {
    const { hear } = await member('news');
    const data = { error: 'Gone', status: 403 };
    expect(hear(ERROR, 'news', data)).toMatchObject([
      { type: 'ended', topic: 'news', ref: 1, reason: data, verdict: 'stop' },
    ]);
    expect(hear('headline', 'news', 1)).toEqual([]);
  });

  it('of what was left meanwhile is nobody’s business', async () => {
    const { session, join, hear, told } = await speak();
    await join('news', 1);
    session.leave(leave(2, 'news', 1));
    told.length = 0;
    expect(hear(ERROR, 'news', { status: 403 })).toEqual([]);
    expect(hear(ERROR, 'other')).toEqual([]);
  });
});

describe('an error of the server', () => {
  const authorize = () => Promise.resolve({ auth: 'key:signed' });

  it('that names no channel is for the oldest subscribe, as Reverb answers in order', async () => {
    const { join, hear } = await speak({ authorize });
    await Promise.all([join('private-a', 1), join('private-b', 2)]);
    hear(SUCCEEDED, 'private-a', {});
    const data = { code: 4009, message: 'Connection is unauthorized' };
    expect(hear('pusher:error', undefined, data)).toMatchObject([
      { type: 'refusal', ref: 2, reason: data, verdict: 'stop' },
    ]);
  });

  it('that names a channel in its words is for that one', async () => {
    const { join, hear } = await speak({ authorize });
    await Promise.all([join('private-a', 1), join('private-b', 2)]);
    const data = { code: null, message: 'Invalid signature: Expected digest of 12.34:private-b, but got 1' };
    expect(hear('pusher:error', undefined, data)).toMatchObject([{ type: 'refusal', ref: 2, verdict: 'retry' }]);
    expect(hear(SUCCEEDED, 'private-a', {})).toMatchObject([{ type: 'reply', ref: 1 }]);
  });

  it.each([
    { code: 4301, message: 'Too many events' },
    { code: 4200, message: 'Invalid message format' },
    { code: null, message: 'Something else' },
    undefined,
  ])('that concerns no subscribe makes the frame invalid: %o', async (data) => {
    const { join, hear, told } = await speak({ authorize });
    await join('private-a', 1);
    expect(() => hear('pusher:error', undefined, data)).toThrow(/\(/);
    expect(told).toEqual([]);
  });

  it('is not for those who are joined', async () => {
    const { hear } = await member('private-a');
    expect(() => hear('pusher:error', undefined, { code: 4009, message: 'Not a member' })).toThrow('Not a member');
  });
});

describe('presence', () => {
  const PRESENCE = { presence: { ids: ['ann', '7'], hash: { ann: { name: 'Ann' }, 7: null }, count: 2 } };
  const inRoom = { type: 'presence', topic: 'presence-room', ref: 1 };

  async function inside(data: unknown = PRESENCE) {
    const spoken = await speak({ authorize: () => Promise.resolve({ auth: 'key:signed' }) });
    await spoken.join('presence-room', 1);
    return { ...spoken, told: spoken.hear(SUCCEEDED, 'presence-room', data) };
  }

  it('is told after the reply, one entry for each user', async () => {
    const { told } = await inside();
    expect(told[0]).toEqual({ type: 'reply', ref: 1, payload: PRESENCE });
    expect(told[1]).toMatchObject(inRoom);
    expect(Object(told[1]).state).toHaveLength(2);
    expect(Object(told[1]).state).toEqual(
      expect.arrayContaining([
        { id: 'ann', ref: 'ann', info: { name: 'Ann' } },
        { id: '7', ref: '7', info: null },
      ]),
    );
  });

  it.each([{ presence: { ids: [], hash: [], count: 0 } }, { presence: {} }])('may be nobody: %o', async (data) => {
    expect((await inside(data)).told[1]).toEqual({ ...inRoom, state: [] });
  });

  it('takes who comes and who goes', async () => {
    const { hear } = await inside();
    const added = { user_id: 8, user_info: { name: 'Ben' } };
    expect(hear('pusher_internal:member_added', 'presence-room', added)).toEqual([
      { ...inRoom, joins: [{ id: '8', ref: '8', info: { name: 'Ben' } }] },
    ]);
    expect(hear('pusher_internal:member_removed', 'presence-room', { user_id: 'ann' })).toEqual([
      { ...inRoom, leaves: [{ id: 'ann', ref: 'ann', info: undefined }] },
    ]);
  });

  it('does not take what has no user', async () => {
    const { hear } = await inside();
    expect(() => hear('pusher_internal:member_added', 'presence-room', null)).toThrow();
  });
});
