import { describe, expect, it } from 'vitest';
import { simulate, type SimulatedLine } from './simulation';

const replyTo = ({ frames }: SimulatedLine, id: number) => frames.find((frame) => frame['id'] === id);

/** A hook that answers when it is told to. */
function question<T>() {
  let answer!: (value: T) => void;
  const asked = new Promise<T>((resolve) => (answer = resolve));
  return { ask: () => asked, answer };
}

describe('who is put out while it is asked who they are', () => {
  it.each([
    ['centrifugo', 3503],
    ['envelope', 4403],
  ] as const)('is not let in any more: %s', async (format, code) => {
    const { ask, answer } = question<object>();
    const { clock, context, open } = simulate({ authorize: ask });
    const line = open(format);
    await line.send(format === 'envelope' ? { type: 'connect', id: 1 } : { id: 1, connect: {} });
    context.roster.disconnect('bob', { code: 3503, reason: 'force disconnect' });
    answer({ user: 'bob', data: 'a secret' });
    await clock.pass(0);
    expect([line.frames, line.closed, context.roster.size]).toEqual([[], [{ code, reason: 'force disconnect' }], 0]);
  });

  it('is let in when that meant somebody else, or another connection', async () => {
    const { ask, answer } = question<object>();
    const { clock, context, open } = simulate({ authorize: ask });
    const line = open();
    await line.send({ id: 1, connect: {} });
    context.roster.disconnect('eve', { code: 3503, reason: '' });
    context.roster.disconnect('bob', { code: 3503, reason: '' }, 'another connection');
    answer({ user: 'bob' });
    await clock.pass(0);
    expect(replyTo(line, 1)).toHaveProperty('connect');
    context.roster.disconnect('bob', { code: 3503, reason: '' });
    expect(line.closed).toHaveLength(1);
  });

  it('may come back', async () => {
    const { context, open } = simulate({ authorize: () => ({ user: 'bob' }) });
    context.roster.disconnect('bob', { code: 3503, reason: '' });
    const line = open();
    await line.send({ id: 1, connect: {} });
    expect(replyTo(line, 1)).toHaveProperty('connect');
  });
});

describe('a subscription that is ended while it is asked for', () => {
  it.each([
    [2000, undefined],
    [2500, true],
  ])('with %i does not begin', async (code, temporary) => {
    const { ask, answer } = question<boolean>();
    const { clock, context, open } = simulate({
      authorize: () => ({ user: 'bob' }),
      channels: { room: { authorize: ask } },
    });
    const line = open();
    await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'room' } });
    context.roster.unsubscribe('bob', 'room', { code, reason: 'revoked' });
    answer(true);
    await clock.pass(0);
    expect(replyTo(line, 2)).toEqual({ id: 2, error: { code: 103, message: 'revoked', temporary } });
    expect(context.hub.members('room')).toEqual([]);
    await line.send({ id: 3, subscribe: { channel: 'room' } });
    expect(replyTo(line, 3)).toHaveProperty('subscribe');
  });

  it('does not begin either when it was to come with the connection', async () => {
    const { ask, answer } = question<object>();
    const { clock, context, open } = simulate({ authorize: ask });
    const line = open();
    await line.send({ id: 1, connect: {} });
    context.roster.unsubscribe('bob', 'room', { code: 2000, reason: 'revoked' });
    context.roster.unsubscribe('eve', 'news', { code: 2000, reason: 'revoked' });
    answer({ user: 'bob', channels: ['room', 'news'] });
    await clock.pass(0);
    expect(replyTo(line, 1)).toMatchObject({ connect: { subs: { news: {} } } });
    expect([context.hub.members('room').length, context.hub.members('news').length]).toEqual([0, 1]);
  });
});

it('who was unsubscribed while `publish` was asked publishes nothing', async () => {
  const { ask, answer } = question<boolean>();
  const { clock, context, open } = simulate({
    authorize: () => ({ user: 'bob' }),
    channels: { room: { publish: ask } },
  });
  const line = open();
  await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'room' } });
  await line.send({ id: 3, publish: { channel: 'room', data: 1 } });
  context.roster.unsubscribe('bob', 'room', { code: 2000, reason: 'revoked' });
  answer(true);
  await clock.pass(0);
  expect(replyTo(line, 3)).toMatchObject({ error: { code: 103 } });
  expect(context.hub.history('room', { limit: -1 }).publications).toEqual([]);
});
