import { describe, expect, it } from 'vitest';
import type { PusherOptions } from '../../src/protocols/pusher';
import { member } from './pusherSession';

async function sender(topic = 'private-room', options: Partial<PusherOptions> = {}) {
  const spoken = await member(topic, options);
  let ref = 100;
  /** Pushes, and returns what is told at once. */
  const push = (event: string, payload?: unknown, isWanted = () => true) => {
    spoken.session.push({ ref: ++ref, joinRef: 1, topic, event, payload, isWanted });
    return spoken.told.splice(0);
  };
  return { ...spoken, push };
}

describe('an event that a client sends', () => {
  it.each(['private-room', 'presence-room'])(
    'goes to %s, and is told as replied once it is handed on',
    async (topic) => {
      const { push, said } = await sender(topic);
      expect(push('client-typing', { on: true })).toEqual([{ type: 'reply', ref: 101 }]);
      expect(said()).toEqual([{ event: 'client-typing', channel: topic, data: { on: true } }]);
    },
  );

  it('that is listed goes and comes under the name that the app gave it', async () => {
    const { push, said, hear } = await sender('private-room', { clientEvents: ['typing'] });
    push('typing', 1);
    expect(said()).toMatchObject([{ event: 'client-typing' }]);
    expect(hear('client-typing', 'private-room', 1)).toMatchObject([{ type: 'event', event: 'typing', payload: 1 }]);
  });

  it('that is not listed cannot pass for one of the server', async () => {
    const { hear } = await sender('private-room', { clientEvents: ['typing'] });
    expect(hear('client-paid', 'private-room', 1)).toMatchObject([{ event: 'client-paid' }]);
    expect(hear('client-client-typing', 'private-room', 1)).toMatchObject([{ event: 'client-client-typing' }]);
  });

  it('that is neither is refused, with what to do', async () => {
    const { push, said } = await sender();
    expect(push('typing')).toMatchObject([
      { type: 'refusal', ref: 101, message: expect.stringContaining('"typing" to clientEvents') },
    ]);
    expect(said()).toEqual([]);
  });

  it('is refused on a public channel', async () => {
    const { push, said } = await sender('news');
    expect(push('client-typing')).toMatchObject([
      { type: 'refusal', ref: 101, message: expect.stringContaining('Public channels') },
    ]);
    expect(said()).toEqual([]);
  });

  it.each([
    ['an object', { n: 1 }, { n: 1 }],
    ['text, once more as JSON, or "1" would arrive as a number', '1', '"1"'],
    ['nothing', undefined, undefined],
    ['null', null, null],
  ])('may carry %s', async (_name, payload, data) => {
    const { push, said } = await sender();
    push('client-e', payload);
    expect(said()).toEqual([{ event: 'client-e', channel: 'private-room', data }]);
  });

  it('throws at once for what is no JSON, even if it had to wait', async () => {
    const { push } = await sender();
    for (let at = 0; at < 10; at++) push('client-move', at);
    expect(() => push('client-move', 1n)).toThrow();
  });
});

describe('the rate', () => {
  const RATE = 10;
  const moves = (frames: { data?: unknown }[]) => frames.map(({ data }) => data);
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

  it('lets a burst of ten go, and the rest in order when it is their turn', async () => {
    const { push, said, clock, told } = await sender();
    for (const at of numbers(0, 25)) push('client-move', at);
    expect(moves(said())).toEqual(numbers(0, 10));
    clock.advance(1_000);
    expect(said()).toEqual([]);
    clock.advance(50);
    expect(moves(said())).toEqual(numbers(10, 20));
    expect(told.splice(0)).toHaveLength(10);
    clock.advance(1_050);
    expect(moves(said())).toEqual(numbers(20, 25));
  });

  it('never lets more than ten go in any second', async () => {
    const { push, said, clock } = await sender();
    const times: number[] = [];
    for (const step of numbers(0, 2_000)) {
      if (step % 7 < (step / 250) % 2) push('client-move', step);
      clock.advance(10);
      times.push(...said().map(() => clock.now()));
    }
    expect(times.length).toBeGreaterThan(150);
    const spans = times.slice(RATE).map((time, at) => time - (times[at] ?? 0));
    expect(Math.min(...spans)).toBeGreaterThanOrEqual(1_000);
  });

  it('refuses what would wait too long', async () => {
    const { push } = await sender();
    const told = numbers(0, 101).map((at) => push('client-move', at)[0]?.type);
    expect(told.slice(0, 10)).toEqual(Array(10).fill('reply'));
    expect(told.slice(10, 100)).toEqual(Array(90).fill(undefined));
    expect(told[100]).toBe('refusal');
  });

  it('passes over what nobody waits for any more, which costs no turn', async () => {
    const { push, said, clock, told } = await sender();
    const unwanted = new Set([3, 11, 12, 13]);
    for (const at of numbers(0, 25)) push('client-move', at, () => !unwanted.has(at));
    expect(moves(said())).toEqual([...numbers(0, 3), ...numbers(4, 11)]);
    told.length = 0;
    clock.advance(1_050);
    expect(moves(said())).toEqual(numbers(14, 24));
    expect(told).toHaveLength(10);
  });

  it('holds no timer when nothing goes on, nor when the line is over', async () => {
    const { push, clock, line } = await sender();
    for (const at of numbers(0, 12)) push('client-move', at);
    clock.advance(3_000);
    expect(clock.timers).toEqual([]);
    for (const at of numbers(0, 12)) push('client-move', at);
    line.abort();
    expect(clock.timers).toEqual([]);
  });
});
