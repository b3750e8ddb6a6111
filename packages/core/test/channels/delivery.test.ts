import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { channel, QueueFullError, TimeoutError, type ChannelOptions } from '../../src/index';
import { microtasks } from '../kit/fakeEnvironment';
import { channelStage, statusOf } from './kit';

/** A channel that is joined, and its server. */
async function joined(options: ChannelOptions = {}, connectionOptions = {}) {
  const on = channelStage(connectionOptions);
  await on.online();
  const room = on.channel('room', options);
  const heard: unknown[] = [];
  room.on('*', (message) => heard.push(message));
  room.retain();
  await microtasks();
  await on.accept('room', { position: 'p0' });
  on.said();
  const says = (event: string, payload: unknown, position?: string) =>
    on.tell({ type: 'event', topic: 'room', event, payload, position });
  return { ...on, room, heard, says };
}

describe('an event', () => {
  test('reaches its listeners and those of all, once each', async () => {
    const { room, heard, says } = await joined();
    const typing = vi.fn();
    const stop = room.on('typing', typing);
    await says('typing', { user: 'ann' });
    await says('message', 'hi');
    stop();
    await says('typing', { user: 'ben' });
    expect(typing.mock.calls).toEqual([[{ user: 'ann' }]]);
    expect(heard).toEqual([
      { event: 'typing', payload: { user: 'ann' } },
      { event: 'message', payload: 'hi' },
      { event: 'typing', payload: { user: 'ben' } },
    ]);
  });

  test('of another topic, or of one that was left, reaches nobody', async () => {
    const { room, heard, says, tell } = await joined();
    await tell({ type: 'event', topic: 'other', event: 'message', payload: 1 });
    room.leave();
    await says('message', 2);
    expect(heard).toEqual([]);
  });

  test('before the join is answered is of a former membership, and reaches nobody', async () => {
    const { room, heard, says, said, tell } = await joined();
    room.leave();
    room.retain();
    await tell({ type: 'ack', id: said()[0]?.id });
    expect(statusOf(room)).toBe('joining');
    await says('message', 'late');
    expect(heard).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('may be called %s', async (name) => {
    const { room, heard, says } = await joined({ events: {} });
    const listener = vi.fn();
    room.on(name, listener);
    await says(name, { evil: true });
    expect(listener).toHaveBeenCalledWith({ evil: true });
    expect(heard).toEqual([{ event: name, payload: { evil: true } }]);
  });

  test.each(['*', 'invalid'])('called %s by a server reaches only those who listen to all', async (name) => {
    const { room, heard, says } = await joined();
    const invalid = vi.fn();
    room.on('invalid', invalid);
    await says(name, 1);
    expect(heard).toEqual([{ event: name, payload: 1 }]);
    expect(invalid).not.toHaveBeenCalled();
  });

  test('is checked by its schema, which may change it; what it refuses is an invalid event, and nothing stops', async () => {
    const events = { price: z.object({ at: z.string().transform(Number) }) };
    const { room, heard, says, heardOf } = await joined({ events });
    const invalid = vi.fn();
    room.on('invalid', invalid);
    await says('price', { at: 12 });
    await says('price', { at: '12' });
    await says('other', 'unchecked');
    expect(heard).toEqual([
      { event: 'price', payload: { at: 12 } },
      { event: 'other', payload: 'unchecked' },
    ]);
    expect(invalid).toHaveBeenCalledWith({ event: 'price', payload: { at: 12 }, error: expect.any(Error) });
    expect(heardOf('invalid')).toMatchObject([{ direction: 'incoming', data: { at: 12 } }]);
  });

  test('is checked by the schema of whoever has one, whoever asked first', async () => {
    const { connection, says } = await joined();
    const heard: unknown[] = [];
    const events = { price: z.object({ at: z.coerce.date() }) };
    channel(connection, 'room', { events }).on('price', ({ at }) => heard.push(at.getFullYear()));
    await says('price', { at: '2020-06-01' });
    expect(heard).toEqual([2020]);
  });

  test('reaches the others when one listener throws', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { room, says, heard } = await joined();
    room.on('message', () => {
      throw new Error('a listener that throws');
    });
    const listener = vi.fn();
    room.on('message', listener);
    await says('message', 1);
    expect([listener.mock.calls.length, heard.length]).toEqual([1, 1]);
  });

  test('is heard by who listens without keeping the channel', async () => {
    const { connection, environment, says } = await joined();
    const heard = vi.fn();
    channel(connection, 'other').on('message', heard);
    expect(channel(connection, 'other')).toBe(channel(connection, 'other'));
    environment.advance(0);
    await says('message', 1);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('what is sent', () => {
  test('is answered', async () => {
    const { room, said, tell } = await joined();
    const reply = room.send('message', { text: 'hi' });
    const [frame] = said();
    expect(frame).toMatchObject({ type: 'publish', topic: 'room', event: 'message', payload: { text: 'hi' } });
    await tell({ type: 'ack', id: frame?.id, payload: { id: 1 } });
    expect(await reply).toEqual({ id: 1 });
  });

  test('is refused with what the server said', async () => {
    const { room, said, tell } = await joined();
    const reply = room.send('message', {});
    const refused = expect(reply).rejects.toMatchObject({ name: 'ChannelError', code: 'send-refused', reason: [1] });
    await tell({ type: 'error', id: said()[0]?.id, message: 'no', payload: [1] });
    await refused;
  });

  test('while the channel is away waits for it, in order, and is sent once', async () => {
    const { room, drop, said, accept } = await joined();
    await drop();
    said();
    void room.send('a', 1);
    void room.send('b', 2);
    expect(said()).toEqual([]);
    await accept('room');
    expect(said()).toMatchObject([{ event: 'a' }, { event: 'b' }]);
  });

  test('and not answered before the line is lost rejects, and is not sent again', async () => {
    const { room, drop, said, accept } = await joined();
    const lost = expect(room.send('message', 1)).rejects.toMatchObject({ name: 'ConnectionClosedError' });
    await drop();
    await lost;
    await accept('room');
    expect(said().filter(({ type }) => type === 'publish')).toEqual([]);
  });

  test('and times out while it waits is never sent', async () => {
    const { room, socket, environment, said, accept, channel: open } = await joined();
    socket().end(1006);
    const late = expect(room.send('message', 1, { timeout: 100 })).rejects.toBeInstanceOf(TimeoutError);
    const patient = room.send('message', 2, { timeout: Infinity });
    environment.advance(60_000);
    await late;
    socket().accept();
    await microtasks();
    await accept('room');
    expect(said().filter(({ type }) => type === 'publish')).toMatchObject([{ payload: 2 }]);
    expect(open('room')).toBe(room);
    expect(patient).toBeInstanceOf(Promise);
  });

  test('and rejects unheeded is no unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { room, drop } = await joined();
    void room.send('message', 1);
    await drop();
    room.leave();
    void room.send('message', 2);
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('can be given up', async () => {
    const { room, said } = await joined();
    const controller = new AbortController();
    const given = expect(room.send('message', 1, { signal: controller.signal })).rejects.toBe('enough');
    controller.abort('enough');
    await given;
    await expect(room.send('message', 2, { signal: controller.signal })).rejects.toBe('enough');
    expect(said().length).toBe(1);
  });

  test('is bounded while it waits', async () => {
    const { room, drop } = await joined({}, { queue: { maxMessages: 2 } });
    await drop();
    const waiting = [room.send('a', 1), room.send('a', 2)];
    await expect(room.send('a', 3)).rejects.toBeInstanceOf(QueueFullError);
    expect(waiting.length).toBe(2);
  });

  test('in the very moment in which the channel is left is not sent', async () => {
    const { channel: open, online, said, accept } = channelStage();
    await online();
    const room = open('room');
    room.subscribe(() => {
      if (statusOf(room) !== 'joined') return;
      room.leave();
      void room.send('late', 1);
    });
    room.retain();
    await microtasks();
    await accept('room');
    expect(said().map(({ type }) => type)).toEqual(['subscribe', 'unsubscribe']);
  });

  test('rejects where nobody is a member, or will be', async () => {
    const { room } = await joined();
    const unanswered = expect(room.send('message', 1)).rejects.toMatchObject({ code: 'channel-left' });
    room.leave();
    await unanswered;
    await expect(room.send('message', 1)).rejects.toMatchObject({ code: 'channel-left' });
  });

  test('waits in the channel while the socket holds too much', async () => {
    const { room, socket, said, environment } = await joined({}, { highWaterMark: 100 });
    socket().bufferedAmount = 100;
    void room.send('message', 1);
    expect(said()).toEqual([]);
    socket().bufferedAmount = 0;
    environment.advance(20);
    expect(said().length).toBe(1);
  });

  test('that no frame can hold rejects', async () => {
    const { room } = await joined();
    await expect(room.send('message', 1n)).rejects.toBeInstanceOf(TypeError);
  });
});

describe('recovery', () => {
  test('goes on from the position of the join, or of the last event', async () => {
    const { says, drop, said, accept, room } = await joined();
    await drop();
    expect(said()).toMatchObject([{ type: 'subscribe', position: 'p0' }]);
    await accept('room', { position: 'p0', recovered: true });
    await says('message', 1, 'p1');
    await drop();
    expect(said()).toMatchObject([{ type: 'subscribe', position: 'p1' }]);
    await accept('room', { position: 'q0', recovered: false });
    expect(room.getSnapshot().recovered).toBe(false);
  });

  test('is not asked for by who left and comes again', async () => {
    const { room, said, tell, accept } = await joined();
    room.leave();
    await tell({ type: 'ack', id: said()[0]?.id });
    room.retain();
    await microtasks();
    expect(said()[0]).not.toHaveProperty('position');
    await accept('room');
    expect(room.getSnapshot().recovered).toBeNull();
  });
});
