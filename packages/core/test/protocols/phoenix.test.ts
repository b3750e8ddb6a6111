import { describe, expect, it, test } from 'vitest';
import type { AttemptContext, ChannelFact, CloseVerdict } from '../../src/index';
import { phoenix, type PhoenixFrame, type PhoenixOptions } from '../../src/protocols/phoenix';
import { FakeEnvironment } from '../kit/fakeEnvironment';

const NO_ATTEMPT: AttemptContext = { attempt: 0, reason: 'connect', signal: new AbortController().signal };

/** A session, what it sends, and what it tells. */
async function speak(options?: PhoenixOptions) {
  const sent: PhoenixFrame[] = [];
  const told: ChannelFact[] = [];
  const session = await phoenix(options).open({
    ...NO_ATTEMPT,
    clock: new FakeEnvironment(),
    previous: null,
    receive: () => new Promise(() => {}),
    send: (frame) => void sent.push(frame),
    tell: (fact) => void told.push(fact),
    fail(error) {
      throw error;
    },
  });
  const join = (ref: number, params?: unknown) =>
    session.join({ ref, topic: 'room:1', params, position: undefined, signal: NO_ATTEMPT.signal });
  /** What the session makes of a frame. */
  const hear = (...frame: PhoenixFrame) => {
    session.receive(frame);
    return told.splice(0);
  };
  return { session, sent, told, join, hear };
}

/** Joined to `room:1` with ref 3. */
async function member(options?: PhoenixOptions) {
  const spoken = await speak(options);
  await spoken.join(3);
  spoken.hear('3', '3', 'room:1', 'phx_reply', { status: 'ok', response: {} });
  spoken.sent.length = 0;
  return spoken;
}

const request = { ref: 4, joinRef: 3, topic: 'room:1', isWanted: () => true };

describe('what is sent', () => {
  it('joins with the params, an empty object without any', async () => {
    const { join, sent } = await speak();
    await join(3, { user: 'ann' });
    await join(7);
    expect(sent).toEqual([
      ['3', '3', 'room:1', 'phx_join', { user: 'ann' }],
      ['7', '7', 'room:1', 'phx_join', {}],
    ]);
  });

  it.each([
    ['an object', { n: 1 }, { n: 1 }],
    ['null', null, null],
    ['nothing', undefined, {}],
  ])('pushes %s under the ref of the join', async (_name, payload, onWire) => {
    const { session, sent } = await member();
    session.push({ ...request, event: 'shout', payload });
    expect(sent).toEqual([['3', '4', 'room:1', 'shout', onWire]]);
  });

  it('leaves under the ref of the join', async () => {
    const { session, sent } = await member();
    session.leave(request);
    expect(sent).toEqual([['3', '4', 'room:1', 'phx_leave', {}]]);
  });
});

describe('what is told', () => {
  const of = { topic: 'room:1', ref: 3 };

  it.each<[string, PhoenixFrame, ChannelFact]>([
    [
      'a reply',
      ['3', '4', 'room:1', 'phx_reply', { status: 'ok', response: { n: 1 } }],
      { type: 'reply', ref: 4, payload: { n: 1 } },
    ],
    [
      'an error reply',
      ['3', '4', 'room:1', 'phx_reply', { status: 'error', response: { n: 1 } }],
      { type: 'refusal', ref: 4, message: 'Refused: error.', reason: { n: 1 }, verdict: 'retry' },
    ],
    [
      'a reply that nobody but the app understands',
      ['3', '4', 'room:1', 'phx_reply', { status: 'later', response: null }],
      { type: 'refusal', ref: 4, message: 'Refused: later.', reason: null, verdict: 'retry' },
    ],
    [
      'a reply of a topic that the server does not know',
      [null, '4', 'room:1', 'phx_reply', { status: 'error', response: { reason: 'unmatched topic' } }],
      {
        type: 'refusal',
        ref: 4,
        message: 'Refused: unmatched topic.',
        reason: { reason: 'unmatched topic' },
        verdict: 'stop',
      },
    ],
    [
      'a broadcast',
      [null, null, 'room:1', 'shout', { n: 1 }],
      { type: 'event', ...of, event: 'shout', payload: { n: 1 } },
    ],
    ['a push', ['3', null, 'room:1', 'shout', { n: 1 }], { type: 'event', ...of, event: 'shout', payload: { n: 1 } }],
    [
      'a crash',
      ['3', '3', 'room:1', 'phx_error', {}],
      { type: 'ended', ...of, message: 'The channel crashed.', verdict: 'retry' },
    ],
    [
      'a close',
      ['3', '3', 'room:1', 'phx_close', {}],
      { type: 'ended', ...of, message: 'The server closed the channel.', verdict: 'stop' },
    ],
  ])('%s', async (_name, frame, fact) => {
    const { hear } = await member();
    expect(hear(...frame)).toEqual([fact]);
  });

  it.each<[string, PhoenixFrame]>([
    ['an event of a topic that is not joined', [null, null, 'room:2', 'shout', {}]],
    ['an event of a former membership', ['2', null, 'room:1', 'shout', {}]],
    ['presence of a former membership', ['2', null, 'room:1', 'presence_state', {}]],
    ['a crash of a former membership', ['2', '2', 'room:1', 'phx_error', {}]],
    ['the close of a membership that a second join ended', ['2', '2', 'room:1', 'phx_close', {}]],
    ['a frame too short to say whose it is', ['3x', null, 'room:1', 'shout', {}]],
  ])('not %s', async (_name, frame) => {
    const { hear } = await member();
    expect(hear(...frame)).toEqual([]);
    expect(hear(null, null, 'room:1', 'still here', {})).toHaveLength(1);
  });

  it('not the close that answers a leave', async () => {
    const { session, hear } = await member();
    session.leave(request);
    expect(hear('3', '4', 'room:1', 'phx_reply', { status: 'ok', response: {} })).toMatchObject([
      { type: 'reply', ref: 4 },
    ]);
    expect(hear('3', '3', 'room:1', 'phx_close', {})).toEqual([]);
  });

  it('nothing of a topic that was refused', async () => {
    const { join, hear } = await speak();
    await join(3);
    hear('3', '3', 'room:1', 'phx_reply', { status: 'error', response: { reason: 'unauthorized' } });
    expect(hear(null, null, 'room:1', 'shout', {})).toEqual([]);
  });

  it('an end once', async () => {
    const { hear } = await member();
    expect(hear('3', '3', 'room:1', 'phx_error', {})).toHaveLength(1);
    expect(hear('3', '3', 'room:1', 'phx_close', {})).toEqual([]);
  });

  it('a broadcast that overtakes the reply to the join, as one of the new membership', async () => {
    const { join, hear } = await member();
    hear('3', '3', 'room:1', 'phx_error', {});
    await join(9);
    expect(hear(null, null, 'room:1', 'shout', {})).toMatchObject([{ type: 'event', ref: 9 }]);
    expect(hear('3', null, 'room:1', 'late', {})).toEqual([]);
  });

  it('events and topics named like parts of every object', async () => {
    const { session, hear } = await speak();
    await session.join({ ref: 3, topic: '__proto__', params: {}, position: undefined, signal: NO_ATTEMPT.signal });
    expect(hear(null, null, '__proto__', 'constructor', 1)).toMatchObject([
      { topic: '__proto__', event: 'constructor' },
    ]);
    expect(hear(null, null, 'constructor', 'toString', 1)).toEqual([]);
  });
});

describe('the verdict on a refused join', () => {
  const refuse = async (reason: unknown, options?: PhoenixOptions) => {
    const { join, hear } = await speak(options);
    await join(3);
    const [fact] = hear('3', '3', 'room:1', 'phx_reply', { status: 'error', response: reason });
    return fact?.type === 'refusal' ? fact.verdict : undefined;
  };

  it.each<[unknown, CloseVerdict]>([
    [{ reason: 'unauthorized' }, 'stop'],
    [{ reason: 'unmatched topic' }, 'stop'],
    [{ reason: 'join crashed' }, 'retry'],
    [{ reason: { unauthorized: true } }, 'retry'],
    [{}, 'retry'],
    ['unauthorized', 'retry'],
    [null, 'retry'],
  ])('%j: %s', async (reason, verdict) => {
    expect(await refuse(reason)).toBe(verdict);
  });

  it('is what the app says, or the default where it says nothing', async () => {
    const joinVerdict = (reason: unknown): CloseVerdict | undefined =>
      JSON.stringify(reason).includes('expired') ? 'reauth' : undefined;
    expect(await refuse({ reason: 'token expired' }, { joinVerdict })).toBe('reauth');
    expect(await refuse({ reason: 'unauthorized' }, { joinVerdict })).toBe('stop');
  });

  it('is not asked for what was pushed', async () => {
    const { hear } = await member({ joinVerdict: () => 'slow' });
    const [fact] = hear('3', '4', 'room:1', 'phx_reply', { status: 'error', response: {} });
    expect(fact).toMatchObject({ type: 'refusal', verdict: 'retry' });
  });
});

describe('an event that the server does not reply to', () => {
  const replies = (event: string, topic: string) => event !== 'typing' || topic !== 'room:1';

  it('counts as answered once it is sent', async () => {
    const { session, sent, told } = await member({ replies });
    session.push({ ...request, event: 'typing', payload: {} });
    expect([sent.length, told]).toEqual([1, [{ type: 'reply', ref: 4 }]]);
  });

  it('is none of the others', async () => {
    const { session, told } = await member({ replies });
    session.push({ ...request, event: 'shout', payload: {} });
    session.push({ ...request, topic: 'room:2', event: 'typing', payload: {} });
    expect(told).toEqual([]);
  });
});

describe('presence', () => {
  const state = {
    ann: {
      metas: [
        { phx_ref: 'a', on: 'desk' },
        { phx_ref: 'b', phx_ref_prev: 'z', on: 'phone' },
      ],
    }, // two lines
    bob: { metas: [{ phx_ref: 'c' }], user: { name: 'Bob' } }, // what `fetch/2` adds
  };

  test('the state is everybody, by key, with a ref for each connection', async () => {
    const { hear } = await member();
    expect(hear('3', null, 'room:1', 'presence_state', state)).toEqual([
      {
        type: 'presence',
        topic: 'room:1',
        ref: 3,
        state: [
          { id: 'ann', ref: 'a', replaces: undefined, info: { on: 'desk' } },
          { id: 'ann', ref: 'b', replaces: 'z', info: { on: 'phone' } },
          { id: 'bob', ref: 'c', replaces: undefined, info: { user: { name: 'Bob' } } },
        ],
      },
    ]);
  });

  test('a difference says who came, in whose place, and who left', async () => {
    const { hear } = await member();
    const diff = {
      joins: { ann: { metas: [{ phx_ref: 'd', phx_ref_prev: 'a', on: 'sofa' }] } },
      leaves: { ann: { metas: [{ phx_ref: 'a', on: 'desk' }] } },
    };
    expect(hear(null, null, 'room:1', 'presence_diff', diff)).toEqual([
      {
        type: 'presence',
        topic: 'room:1',
        ref: 3,
        joins: [{ id: 'ann', ref: 'd', replaces: 'a', info: { on: 'sofa' } }],
        leaves: [{ id: 'ann', ref: 'a', replaces: undefined, info: { on: 'desk' } }],
      },
    ]);
  });

  test('keys and metas may be named like parts of every object', async () => {
    const { hear } = await member();
    const hostile = JSON.parse('{"__proto__":{"metas":[{"phx_ref":"a","__proto__":{"admin":true}}]}}') as unknown;
    const [fact] = hear('3', null, 'room:1', 'presence_state', hostile);
    expect(fact).toMatchObject({ state: [{ id: '__proto__', ref: 'a' }] });
    expect(fact).not.toHaveProperty('state.0.info.admin');
  });
});

describe('what is no frame', () => {
  const { codec } = phoenix();

  it.each([
    '',
    'null',
    '{"topic":"room:1","event":"shout","payload":{}}',
    '["1","1"]',
    '[null,null,1,"shout",{}]',
    '"text"',
  ])('throws for %j', (text) => {
    expect(() => codec.decode(text)).toThrow();
  });

  it('throws for a Blob, and says so', () => {
    expect(() => codec.decode(new Blob(['x']))).toThrow('Blob');
  });

  it.each<[string, unknown]>([
    ['phx_reply', null],
    ['presence_state', null],
    ['presence_state', { ann: {} }],
    ['presence_diff', { joins: {} }],
  ])('throws for %s with the payload %j, and tells nothing', async (event, payload) => {
    const { hear } = await member();
    expect(() => hear('3', null, 'room:1', event, payload)).toThrow(TypeError);
    expect(hear(null, null, 'room:1', 'shout', {})).toHaveLength(1);
  });
});
