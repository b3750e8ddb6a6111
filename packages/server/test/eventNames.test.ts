import { expect, it, vi } from 'vitest';
import { simulate } from './simulation';

/** Data that is an event inside something that claims to be without a name. */
const nested = (depth: number): unknown =>
  depth ? { event: 'publication', payload: nested(depth - 1) } : { event: 'admin', payload: 1 };

it.each([1, 2, 5])(
  'an event wrapped %i times as data without a name is seen as what it is by `publish`',
  async (depth) => {
    const publish = vi.fn(({ event }: { event: string | undefined }) => event !== 'admin');
    const { context, open } = simulate({ channels: { room: { publish } } });
    const centrifugo = open();
    await centrifugo.send(
      { id: 1, connect: {} },
      { id: 2, subscribe: { channel: 'room' } },
      { id: 3, publish: { channel: 'room', data: nested(depth) } },
    );
    const envelope = open('envelope');
    await envelope.send(
      { type: 'subscribe', id: 1, topic: 'room' },
      { type: 'publish', id: 2, topic: 'room', event: 'publication', payload: nested(depth - 1) },
    );
    expect(centrifugo.frames.at(-1)).toMatchObject({ id: 3, error: { code: 103 } });
    expect(envelope.frames.at(-1)).toMatchObject({ id: 2, code: 403 });
    for (const [request] of publish.mock.calls) expect(request).toMatchObject({ event: 'admin', payload: 1 });
    expect(context.hub.history('room', { limit: -1 }).publications).toEqual([]);
  },
);

it.each(['centrifugo', 'envelope'] as const)(
  'a handler of an event is found for it however %s wraps it',
  async (format) => {
    const save = vi.fn();
    const { open } = simulate({ channels: { room: { events: { admin: save } } } });
    const line = open(format);
    if (format === 'centrifugo') {
      await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'room' } });
      await line.send({ id: 3, publish: { channel: 'room', data: nested(1) } });
    } else {
      await line.send({ type: 'subscribe', id: 1, topic: 'room' });
      await line.send({ type: 'publish', id: 2, topic: 'room', event: 'publication', payload: nested(0) });
    }
    expect(save).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ event: 'admin', payload: 1 }));
  },
);

it('data with more than a name and a payload is no event, to the hook and to subscribers', async () => {
  const publish = vi.fn(() => true);
  const { open } = simulate({ channels: { room: { publish } } });
  const line = open();
  const data = { event: 'admin', payload: 1, more: true };
  await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'room' } });
  await line.send({ id: 3, publish: { channel: 'room', data } });
  expect(publish).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ event: undefined, payload: data }));
  expect(line.frames).toContainEqual(
    expect.objectContaining({ push: { channel: 'room', pub: expect.objectContaining({ data }) } }),
  );
});
