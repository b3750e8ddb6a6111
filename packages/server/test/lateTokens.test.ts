import { describe, expect, it } from 'vitest';
import { Refusal } from '../src';
import { simulate, type SimulatedLine } from './simulation';

const codes = ({ closed }: SimulatedLine) => closed.map(({ code }) => code);
const limits = { handshakeTimeout: 100 };

describe('a client of the envelope that is silent until its token comes', () => {
  it.each([
    ['null', () => null],
    [
      'a refusal',
      () => {
        throw new Refusal('unauthorized');
      },
    ],
  ])('is not refused for good where nobody is let in without one: %s', async (_, refuse) => {
    const { clock, open } = simulate({ limits, authorize: ({ token }) => (token ? { user: token } : refuse()) });
    const line = open('envelope');
    await clock.pass(100);
    expect(line.closed).toEqual([{ code: 4408, reason: 'stale' }]);
  });

  it('may still bring it where everybody is let in, and was anonymous until then', async () => {
    const { clock, context, open } = simulate({ limits, authorize: ({ token }) => ({ user: token }) });
    const line = open('envelope');
    await clock.pass(100);
    await line.send({ type: 'pong' }, { type: 'connect', id: 1, payload: { token: 'ann' } });
    await line.send({ type: 'subscribe', id: 2, topic: 'room' });
    expect(line.frames).toMatchObject([
      { type: 'ack', id: 1 },
      { type: 'ack', id: 2 },
    ]);
    expect(context.hub.members('room')).toMatchObject([{ user: 'ann' }]);
    expect([context.roster.size, codes(line)]).toEqual([1, []]);
  });

  it('is not let in with a token that is refused, and has as much time for another as at first', async () => {
    const authorize = ({ token }: { token: string }) => {
      if (token === 'old') throw new Refusal('token-expired');
      return { user: token };
    };
    const { clock, context, open } = simulate({ limits, authorize });
    const line = open('envelope');
    await clock.pass(150);
    await line.send({ type: 'connect', id: 1, payload: { token: 'old' } });
    expect(line.frames).toMatchObject([{ type: 'error', id: 1, code: 401 }]);
    expect(context.roster.size).toBe(0);
    await clock.pass(99);
    await line.send({ type: 'connect', id: 2, payload: { token: 'new' } });
    expect(line.frames).toMatchObject([{ id: 1 }, { type: 'ack', id: 2 }]);
    expect(codes(line)).toEqual([]);
  });

  it('cannot become somebody else once it has asked for something', async () => {
    const { clock, open } = simulate({ limits, authorize: ({ token }) => ({ user: token }) });
    const line = open('envelope');
    await clock.pass(100);
    await line.send({ type: 'subscribe', id: 1, topic: 'room' }, { type: 'connect', id: 2, payload: { token: 'ann' } });
    expect(codes(line)).toEqual([4400]);
  });
});

it.each([
  ['centrifugo', { id: 1, connect: {} }, 3004],
  ['envelope', { type: 'connect', id: 1 }, 1011],
] as const)('a client of %s that the server keeps waiting is told to come back', async (format, frame, code) => {
  const { clock, context, open } = simulate({ limits, authorize: () => new Promise<never>(() => {}) });
  const line = open(format);
  await line.send(frame);
  await clock.pass(100);
  expect(line.closed).toEqual([{ code, reason: 'internal server error' }]);
  expect([context.roster.arrivals.size, clock.timers]).toEqual([0, 0]);
});
