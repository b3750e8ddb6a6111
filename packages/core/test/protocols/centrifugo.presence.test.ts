import { describe, expect, test } from 'vitest';
import { fakeLine } from './centrifugoKit';

const ann = { user: 'ann', client: 'c1', conn_info: { name: 'Ann' } };
const ben = { user: 'ben', client: 'c2' };

describe('presence', () => {
  test('is asked for after the join, and followed', async () => {
    const line = await fakeLine({ presence: true });
    line.sent();
    const ref = await line.enter();
    expect(line.sent()).toEqual([
      { id: 2, subscribe: { channel: 'news', join_leave: true } },
      { id: 3, presence: { channel: 'news' } },
    ]);
    line.told();
    await line.answer('presence', { presence: { c1: ann } });
    await line.hear(
      { push: { channel: 'news', join: { info: ben } } },
      { push: { channel: 'news', leave: { info: ann } } },
    );
    const entries = [
      { id: 'ann', ref: 'c1', info: { name: 'Ann' } },
      { id: 'ben', ref: 'c2', info: undefined },
    ];
    const about = { type: 'presence', topic: 'news', ref };
    expect(line.told()).toEqual([
      { ...about, state: [entries[0]] },
      { ...about, joins: [entries[1]] },
      { ...about, leaves: [entries[0]] },
    ]);
  });

  test('is left alone unless somebody wants it', async () => {
    const line = await fakeLine();
    line.sent();
    await line.enter();
    line.told();
    await line.hear({ push: { channel: 'news', join: { info: ben } } });
    expect([line.sent(), line.told()]).toEqual([[{ id: 2, subscribe: { channel: 'news' } }], []]);
  });

  test.each([
    [{ presence: (channel: string) => channel === 'news' }, undefined, [true, true]],
    [{ presence: () => false }, undefined, [undefined, false]],
    [{ presence: true }, { presence: false }, [undefined, false]],
    [{}, { presence: true }, [true, true]],
    [{}, { presence: true, joinLeave: false }, [undefined, true]],
  ])(
    'with the options %j and the params %j: news and a picture are asked for as %j',
    async (options, params, asked) => {
      const line = await fakeLine(options);
      line.sent();
      await line.enter({}, { params });
      const [subscribe, presence] = line.sent() as [{ subscribe: { join_leave?: boolean } }, object?];
      expect([subscribe.subscribe.join_leave, !!presence]).toEqual(asked);
    },
  );

  test('that the server keeps to itself is nobody, and what changes is told', async () => {
    const line = await fakeLine({ presence: true });
    await line.enter();
    line.told();
    await line.refuse('presence', { code: 108, message: 'not available' });
    await line.hear({ push: { channel: 'news', join: { info: ben } } });
    expect(line.told()).toMatchObject([{ state: [] }, { joins: [{ id: 'ben' }] }]);
    expect(line.environment.timers).toEqual([]);
  });

  test.each([100, 111])('that the server cannot tell now (%i) is asked for again, until it can', async (code) => {
    const line = await fakeLine({ presence: true });
    const ref = await line.enter();
    line.told();
    for (let times = 0; times < 3; times++) {
      await line.refuse('presence', { code, temporary: true });
      line.sent();
      expect(line.told()).toEqual([]);
      line.environment.advance(10_000);
      expect(line.sent()).toMatchObject([{ presence: { channel: 'news' } }]);
    }
    await line.answer('presence', { presence: { c1: ann } });
    expect(line.told()).toMatchObject([{ type: 'presence', ref, state: [{ id: 'ann' }] }]);
    expect(line.environment.timers).toEqual([]);
  });

  test.each(['leave', 'unsubscribe', 'drop'])('is not asked for again after %s', async (how) => {
    const line = await fakeLine({ presence: true });
    const joinRef = await line.enter();
    await line.refuse('presence', { code: 100, temporary: true });
    if (how === 'leave') {
      line.session.leave({ ref: 900, topic: 'news', joinRef });
      await line.answer('unsubscribe', {});
    } else if (how === 'drop') line.drop();
    else await line.hear({ push: { channel: 'news', unsubscribe: { code: 2000 } } });
    expect(line.environment.timers).toEqual([]);
  });

  test("of a channel of the server's own choice is not told to who has left it", async () => {
    const line = await fakeLine({
      presence: true,
      welcome: [{ id: 1, connect: { client: 'me', subs: { news: {} } } }],
    });
    const joinRef = await line.join();
    line.session.leave({ ref: 900, topic: 'news', joinRef });
    line.told();
    await line.refuse('presence', { code: 100, temporary: true });
    expect([line.told(), line.environment.timers]).toEqual([[], []]);
  });

  test.each([
    [
      { user: '', client: 'c3' },
      { id: 'c3', ref: 'c3', info: undefined },
    ],
    [
      { user: 'u', client: 'c', chan_info: 'x' },
      { id: 'u', ref: 'c', info: 'x' },
    ],
    [
      { user: 'u', client: 'c', conn_info: { name: 'U', role: 'user' }, chan_info: { role: 'owner' } },
      { id: 'u', ref: 'c', info: { name: 'U', role: 'owner' } },
    ],
  ])('tells of %j what is known', async (info, entry) => {
    const line = await fakeLine({ presence: true });
    await line.enter();
    line.told();
    await line.hear({ push: { channel: 'news', join: { info } } });
    expect(line.told()).toMatchObject([{ joins: [entry] }]);
  });
});
