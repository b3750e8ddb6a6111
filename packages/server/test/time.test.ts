import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../src/lib/clock';
import { simulate } from './simulation';

const DAY = 86_400_000;

describe('a timer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([0, 1, 24, 25, 60, 365])('rings after %i days, and not earlier', (days) => {
    const ring = vi.fn();
    systemClock.setTimeout(ring, days * DAY + 1);
    vi.advanceTimersByTime(days * DAY);
    expect(ring).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ring).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be cancelled at any time, and never rings when that is never', () => {
    const ring = vi.fn();
    const cancel = systemClock.setTimeout(ring, 60 * DAY);
    const cancelNever = systemClock.setTimeout(ring, Infinity);
    vi.advanceTimersByTime(30 * DAY);
    cancel();
    cancelNever();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(60 * DAY);
    expect(ring).not.toHaveBeenCalled();
  });
});

it('a slow answer to an older token does not replace that to a newer one', async () => {
  const answers: ((ttl: number) => void)[] = [];
  const { clock, open } = simulate({
    limits: { expiryGrace: 0, pingInterval: Infinity },
    async authorize({ reason }) {
      const ttl = reason === 'connect' ? 10_000 : await new Promise<number>((resolve) => answers.push(resolve));
      return { user: 'ann', expiresAt: clock.now() + ttl };
    },
  });
  const line = open();
  await line.send({ id: 1, connect: {} }, { id: 2, refresh: { token: 'old' } }, { id: 3, refresh: { token: 'new' } });
  expect(answers).toHaveLength(1);
  answers[0]?.(11_000);
  await clock.pass(0);
  answers[1]?.(3_600_000);
  await clock.pass(0);
  await clock.pass(3_599_999);
  expect(line.frames.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(line.closed).toEqual([]);
  await clock.pass(1);
  expect(line.closed).toMatchObject([{ code: 3005 }]);
});

it.each([NaN, -Infinity])('credentials and permissions that hold until %d are none', async (expiresAt) => {
  const { context, open } = simulate({
    authorize: ({ token }) => (token ? {} : { expiresAt }),
    channels: { '*': { authorize: () => ({ expiresAt }) } },
  });
  const stranger = open();
  await stranger.send({ id: 1, connect: {} });
  expect(stranger.frames).toMatchObject([{ error: { code: 109 } }]);
  const line = open();
  await line.send({ id: 1, connect: { token: 'ann' } }, { id: 2, subscribe: { channel: 'room' } });
  expect(line.frames[1]).toMatchObject({ error: { code: 109 } });
  await line.send({ id: 3, refresh: { token: '' } });
  expect(line.frames[2]).toMatchObject({ error: { code: 110 } });
  expect(context.hub.members('room')).toEqual([]);
});
