import { describe, expect, test } from 'vitest';
import { fakeLine, positionIn, type FakeLine } from './centrifugoKit';

const stream = { recoverable: true, offset: 4, epoch: 'e' };
const pub = (data: unknown, offset?: number) => ({ push: { channel: 'news', pub: { data, offset } } });
const INVALIDATED = { code: 3014, reason: 'state invalidated', wasClean: true };
const subscribedTo = (subs: object, ...more: object[]) => [{ id: 1, connect: { client: 'me', subs } }, ...more];

/** A line whose server subscribed it to `news`, joined, at offset 6. */
async function joinedLine(options = {}): Promise<[line: FakeLine, position: unknown]> {
  const line = await fakeLine({ ...options, welcome: subscribedTo({ news: stream }) });
  await line.join();
  await line.hear(pub(1, 5), pub(2, 6));
  return [line, positionIn(line.told())];
}

describe("a channel of the server's own choice", () => {
  test('is joined without a word to the server', async () => {
    const line = await fakeLine({ welcome: subscribedTo({ news: { ...stream, data: { hello: 1 } } }) });
    line.sent();
    await line.hear(pub('before', 5));
    const ref = await line.join();
    await line.hear(pub('after', 6));
    expect(line.sent()).toEqual([]);
    expect(line.told()).toEqual([
      { type: 'reply', ref, payload: { hello: 1 }, position: { offset: 5, epoch: 'e', era: 0 }, recovered: false },
      {
        type: 'event',
        topic: 'news',
        ref,
        event: 'publication',
        payload: 'after',
        position: { offset: 6, epoch: 'e', era: 0 },
      },
    ]);
  });

  test('may have any name', async () => {
    const topic = '__proto__';
    const before = await fakeLine({ welcome: subscribedTo({ [topic]: stream }) });
    await before.join({ topic });
    const line = await fakeLine({ previous: before });
    const [{ connect } = {}] = line.sent() as [{ connect?: { subs: object } }?];
    expect(Object.entries(connect?.subs ?? {})).toEqual([[topic, { recover: true, offset: 4, epoch: 'e' }]]);
  });

  test('may come later', async () => {
    const line = await fakeLine();
    await line.hear({ push: { channel: 'news', subscribe: stream } });
    line.sent();
    const ref = await line.join();
    expect(line.sent()).toEqual([]);
    expect(line.told()).toMatchObject([{ type: 'reply', ref, position: { offset: 4 } }]);
  });

  test('is left without a word, and can be joined again', async () => {
    const [line] = await joinedLine();
    line.sent();
    line.session.leave({ ref: 900, topic: 'news', joinRef: 1 });
    await line.hear(pub(3, 7));
    expect([line.sent(), line.told()]).toEqual([[], [{ type: 'reply', ref: 900, payload: {} }]]);
    const ref = await line.join();
    await line.hear(pub(4, 8));
    expect(line.told()).toMatchObject([
      { type: 'reply', ref },
      { type: 'event', ref, payload: 4 },
    ]);
  });

  test('ends when the server says so, and is then joined as any other', async () => {
    const [line] = await joinedLine();
    line.sent();
    await line.hear({ push: { channel: 'news', unsubscribe: { code: 2500 } } });
    expect(line.told()).toMatchObject([{ type: 'ended', verdict: 'retry' }]);
    await line.join();
    expect(line.sent()).toMatchObject([{ subscribe: { channel: 'news' } }]);
  });

  test('shows who is there, if that is wanted', async () => {
    const line = await fakeLine({ presence: true, welcome: subscribedTo({ news: {} }) });
    line.sent();
    await line.join();
    expect(line.sent()).toEqual([{ id: 2, presence: { channel: 'news' } }]);
  });

  test('that crosses a join of ours is found by the next one', async () => {
    const line = await fakeLine();
    const ref = await line.join();
    await line.hear({ push: { channel: 'news', subscribe: stream } });
    await line.refuse('subscribe', { code: 105, message: 'already subscribed' });
    expect(line.told()).toMatchObject([{ type: 'refusal', ref, verdict: 'retry' }]);
    const next = await line.join();
    expect(line.told()).toMatchObject([{ type: 'reply', ref: next }]);
  });
});

describe("what was missed in a channel of the server's own choice", () => {
  const recovered = { ...stream, offset: 6, was_recovering: true, recovered: true };

  test('is asked for while connecting, and comes with the join', async () => {
    const [before, position] = await joinedLine();
    const subs = { news: { ...recovered, publications: [{ data: 3, offset: 7 }] } };
    const line = await fakeLine({ previous: before, welcome: subscribedTo(subs, pub(4, 8)) });
    expect(line.sent()).toMatchObject([{ connect: { subs: { news: { recover: true, offset: 6, epoch: 'e' } } } }]);
    await line.hear(pub(5, 9));
    const ref = await line.join({ position });
    await line.hear(pub(6, 10));
    expect(line.told()).toMatchObject([
      { type: 'reply', ref, recovered: true },
      { type: 'event', payload: 3, position: { offset: 7 } },
      { type: 'event', payload: 4, position: { offset: 8 } },
      { type: 'event', payload: 5, position: { offset: 9 } },
      { type: 'event', payload: 6, position: { offset: 10 } },
    ]);
  });

  test('may be nothing', async () => {
    const [before, position] = await joinedLine();
    const line = await fakeLine({ previous: before, welcome: subscribedTo({ news: recovered }) });
    await line.join({ position });
    expect(line.told()).toMatchObject([{ recovered: true, position: { offset: 6 } }]);
  });

  test.each([
    ['says so', { ...stream, was_recovering: true, recovered: false }],
    ['was not asked', stream],
  ])('may be something, if the server %s', async (_why, news) => {
    const [before, position] = await joinedLine();
    const line = await fakeLine({ previous: before, welcome: subscribedTo({ news }) });
    await line.join({ position });
    expect(line.told()).toMatchObject([{ recovered: false }]);
  });

  test('may be nothing: the position told stays one to go on from', async () => {
    const [first, position] = await joinedLine();
    const second = await fakeLine({ previous: first, welcome: subscribedTo({ news: recovered }) });
    await second.join({ position });
    const again = positionIn(second.told());
    const third = await fakeLine({ previous: second, welcome: subscribedTo({ news: recovered }) });
    await third.join({ position: again });
    expect(third.told()).toMatchObject([{ recovered: true, position: { offset: 6, epoch: 'e' } }]);
  });

  test('is not claimed for who was told another position', async () => {
    const [before] = await joinedLine();
    const line = await fakeLine({ previous: before, welcome: subscribedTo({ news: recovered }) });
    await line.join({ position: { offset: 1, epoch: 'e' } });
    expect(line.told()).toMatchObject([{ recovered: false }]);
  });

  test('is not kept for nobody, or without end', async () => {
    const unjoined = await fakeLine({ welcome: subscribedTo({ news: stream }) });
    const next = await fakeLine({ previous: unjoined });
    expect(next.sent()).toMatchObject([{ connect: { subs: {} } }]);

    const [before, position] = await joinedLine();
    const line = await fakeLine({ previous: before, welcome: subscribedTo({ news: recovered }) });
    await line.hear(...Array.from({ length: 1_001 }, (_, at) => pub(at, 7 + at)));
    await line.join({ position });
    expect(line.told()).toMatchObject([{ type: 'reply', recovered: false, position: { offset: 1_007 } }]);
  });

  test('is past recovery when the server has forgotten everything', async () => {
    const [before, position] = await joinedLine();
    before.session.closed?.(INVALIDATED);
    const line = await fakeLine({ previous: before });
    expect(line.sent()).toMatchObject([{ connect: { subs: { news: { recover: true, epoch: '_' } } } }]);
    await line.join({ position });
    expect(line.sent()).toMatchObject([{ subscribe: { recover: true, epoch: '_' } }]);
  });
});

test('what any line before was told is void when the server has forgotten everything', async () => {
  const first = await fakeLine();
  await first.enter(stream);
  const position = positionIn(first.told());
  const second = await fakeLine({ previous: first });
  await second.join({ position });
  expect(second.sent()).toMatchObject([{}, { subscribe: { recover: true, offset: 4, epoch: 'e' } }]);
  second.session.closed?.(INVALIDATED); // before the answer
  const third = await fakeLine({ previous: second });
  await third.join({ position });
  expect(third.sent()).toMatchObject([{}, { subscribe: { recover: true, epoch: '_' } }]);
});
