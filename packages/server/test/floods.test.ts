import { describe, expect, it, vi } from 'vitest';
import { centrifugo } from '../src/wire/centrifugo';
import { simulate, type SimulatedLine } from './simulation';

const codes = ({ closed }: SimulatedLine) => closed.map(({ code }) => code);

describe('answers that are asked for faster than they are read', () => {
  const history = { size: 10, age: 60_000 };

  it('end the line with 3008 long before they fill the memory, and the rest is not even made', async () => {
    const { context, open } = simulate({ channels: { '*': { history } }, limits: { maxBufferedBytes: 1_000 } });
    for (let count = 0; count < 10; count++) context.hub.publish('room', { event: undefined, json: '"x"' });
    const line = open();
    await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'room' } });
    const made = vi.spyOn(centrifugo, 'answered');
    line.bufferedBytes = 16_001;
    const ask = (_: unknown, at: number) => JSON.stringify({ id: 10 + at, history: { channel: 'room', limit: -1 } });
    await line.send(Array.from({ length: 500 }, ask).join('\n'));
    expect(codes(line)).toEqual([3008]);
    expect(made.mock.calls.length).toBeLessThan(5);
    expect(context.hub.members('room')).toEqual([]);
    made.mockRestore();
  });

  it('do not end it in the middle of a publication, which reaches everybody else first', async () => {
    const { context, open } = simulate({
      channels: { '*': { presence: true } },
      limits: { maxBufferedBytes: 1_000 },
    });
    const lines = [open('envelope'), open('envelope'), open('envelope')] as const;
    for (const line of lines) await line.send({ type: 'subscribe', id: 1, topic: 'room' });
    const [first, second, last] = lines;
    first.bufferedBytes = second.bufferedBytes = 16_001;
    context.hub.publish('room', { event: 'say', json: '1' });
    expect(last.frames.at(-1)).toMatchObject({ type: 'event', event: 'say' });
    expect([codes(first), codes(second)]).toEqual([[], []]);
    await Promise.resolve();
    expect([codes(first), codes(second), codes(last)]).toEqual([[1013], [1013], []]);
    expect(context.hub.members('room')).toHaveLength(1);
  });

  it('may be one that is longer than that', async () => {
    const { clock, context, open } = simulate({ limits: { maxBufferedBytes: 1_000 } });
    const line = open('envelope');
    await line.send({ type: 'subscribe', id: 1, topic: 'room' });
    context.hub.publish('room', { event: 'say', json: JSON.stringify('x'.repeat(20_000)) });
    line.bufferedBytes = 20_000;
    await clock.pass(0);
    line.bufferedBytes = 0;
    await clock.pass(10_000);
    expect(codes(line)).toEqual([]);
  });
});

it('what waits until somebody is let in is bounded in bytes too', async () => {
  const { open } = simulate({
    authorize: () => new Promise<never>(() => {}),
    limits: { maxPayload: 5_000 },
  });
  const line = open();
  await line.send({ id: 1, connect: {} });
  const publish = (id: number) => ({ id, publish: { channel: 'room', data: 'x'.repeat(4_000) } });
  for (let id = 2; id < 21; id++) await line.send(publish(id));
  expect(codes(line)).toEqual([]);
  await line.send(publish(21));
  expect(codes(line)).toEqual([3013]);
});

it('what waits for hooks is bounded in bytes too, and no more once they have answered', async () => {
  let answer = () => {};
  const slow = new Promise<void>((resolve) => (answer = resolve));
  const { clock, open } = simulate({ rpc: { slow: () => slow }, limits: { maxPayload: 5_000 } });
  const call = (id: number) => ({ id, rpc: { method: 'slow', data: 'x'.repeat(4_000) } });
  const patient = open();
  await patient.send({ id: 1, connect: {} });
  for (let id = 2; id < 21; id++) await patient.send(call(id));
  const flooding = open();
  await flooding.send({ id: 1, connect: {} });
  for (let id = 2; id < 22; id++) await flooding.send(call(id));
  expect([codes(patient), codes(flooding)]).toEqual([[], [3013]]);
  answer();
  await clock.pass(0);
  for (let id = 21; id < 100; id++) await patient.send(call(id));
  expect(codes(patient)).toEqual([]);
});

it('messages that nobody answers are not free', async () => {
  const { open } = simulate({ limits: { messageBurst: 10, messagesPerSecond: 10 } });
  const line = open();
  await line.send({ id: 1, connect: {} });
  const send = '{"send":{"data":1}}';
  await line.send(Array(9).fill(send).join('\n'));
  expect(codes(line)).toEqual([]);
  await line.send(send);
  expect(codes(line)).toEqual([3013]);
});

it('what comes after a line was given up is not read', async () => {
  const { open } = simulate();
  const line = open();
  const read = vi.spyOn(centrifugo, 'decode');
  await line.send({ id: 1, subscribe: { channel: 'room' } }, { id: 2, connect: {} });
  expect(codes(line)).toEqual([3501]);
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRestore();
});

it.each(['centrifugo', 'envelope'] as const)(
  'a `publish` that allows everything lets no outsider of %s publish, nor is it asked',
  async (format) => {
    const publish = vi.fn(() => true);
    const { context, open } = simulate({ channels: { '*': { publish } } });
    const line = open(format);
    if (format === 'envelope') await line.send({ type: 'publish', id: 2, topic: 'room', event: 'say', payload: 1 });
    else await line.send({ id: 1, connect: {} }, { id: 2, publish: { channel: 'room', data: 1 } });
    const refused = format === 'envelope' ? { code: 403 } : { error: { code: 103 } };
    expect(line.frames.find((frame) => frame['id'] === 2)).toMatchObject(refused);
    expect(publish).not.toHaveBeenCalled();
    expect(context.hub.size).toBe(0);
  },
);
