import { describe, expect, test, vi } from 'vitest';
import { call, channel, onReconnect, type Reconnection } from '../../src/index';
import { microtasks } from '../kit/fakeEnvironment';
import { channelStage, statusOf } from './kit';

/** Channels that are joined, and their server. */
async function joined(...topics: string[]) {
  const on = channelStage();
  await on.online();
  const rooms = topics.map((topic) => on.channel(topic));
  rooms.forEach((room) => room.retain());
  await microtasks();
  for (const topic of topics) await on.accept(topic);
  on.said();
  const [room = on.channel('room')] = rooms;
  return { ...on, room, rooms };
}

describe('a membership that the server ends', () => {
  test('for good is left, and says why', async () => {
    const { room, tell, said, environment } = await joined('room');
    await tell({ type: 'ended', topic: 'room', message: 'closed for today', payload: { until: 8 } });
    expect(room.getSnapshot()).toMatchObject({
      status: 'left',
      error: { code: 'channel-ended', message: 'closed for today', reason: { until: 8 } },
    });
    environment.advance(60_000);
    expect(said()).toEqual([]);
  });

  test('for now is joined again after a random wait', async () => {
    const { room, tell, said, environment } = await joined('room');
    await tell({ type: 'ended', topic: 'room', message: 'crashed', retry: true });
    expect([statusOf(room), said()]).toEqual(['rejoining', []]);
    environment.advance(3_500); // half of the bound, by a chance of one half
    await microtasks();
    expect(said()).toMatchObject([{ type: 'subscribe' }]);
  });

  test('waits by default where an option is left undefined', async () => {
    const on = channelStage();
    await on.online();
    const room = on.channel('room', { rejoin: { initialDelay: undefined as never, maxDelay: undefined as never } });
    room.retain();
    await microtasks();
    await on.accept('room');
    on.said();
    await on.tell({ type: 'ended', topic: 'room', message: 'crashed', retry: true });
    on.environment.advance(3_499);
    await microtasks();
    expect(on.said()).toEqual([]);
    on.environment.advance(1);
    await microtasks();
    expect(on.said()).toMatchObject([{ type: 'subscribe' }]);
  });

  test('rejects what was not answered, and keeps what waits', async () => {
    const { room, tell, said, accept, environment } = await joined('room');
    const unanswered = expect(room.send('message', 1)).rejects.toMatchObject({ code: 'channel-ended' });
    said();
    await tell({ type: 'ended', topic: 'room', message: 'crashed', retry: true });
    await unanswered;
    void room.send('message', 2);
    environment.advance(3_500); // half of the bound, by a chance of one half
    await microtasks();
    await accept('room');
    expect(said()).toMatchObject([{ type: 'subscribe' }, { type: 'publish', payload: 2 }]);
  });
});

describe('a join that is not answered', () => {
  test('is asked again where there is no wait between', async () => {
    const on = channelStage();
    await on.online();
    on.channel('room', { joinTimeout: 1_000, rejoin: { initialDelay: 0 } }).retain();
    await microtasks();
    expect(on.said()).toMatchObject([{ type: 'subscribe' }]);
    on.environment.advance(1_000);
    await microtasks();
    expect(on.said()).toMatchObject([{ type: 'unsubscribe' }, { type: 'subscribe' }]);
  });

  test('ends at its own time, whoever leaves of those that began with it', async () => {
    const on = channelStage();
    await on.online();
    const [first, second, third] = ['first', 'second', 'third'].map((topic) => on.channel(topic, { rejoin: false }));
    for (const room of [first, second, third]) room?.retain();
    second?.subscribe(() => third?.leave());
    first?.leave();
    on.environment.advance(9_999);
    expect([first, second, third].map((room) => room && statusOf(room))).toEqual(['left', 'joining', 'joining']);
    on.environment.advance(1);
    expect([first, second, third].map((room) => room && statusOf(room))).toEqual(['left', 'failed', 'leaving']);
    on.environment.advance(2_000);
    expect([statusOf(on.channel('third')), on.environment.timers]).toEqual(['left', []]);
  });
});

describe('presence', () => {
  const ids = (room: { presence: readonly { id: string }[] }) => room.presence.map(({ id }) => id);
  const present = async () => {
    const on = await joined('room');
    return { ...on, tells: (fact: object) => on.tell({ type: 'presence', topic: 'room', ...fact }) };
  };

  test('is who is there, in the order in which they came', async () => {
    const { room, tells } = await present();
    await tells({ state: [{ id: 'ann', ref: '1', info: { name: 'Ann' } }] });
    await tells({ joins: [{ id: 'ben', ref: '2' }] });
    expect(ids(room)).toEqual(['ann', 'ben']);
    expect(room.presence[0]).toEqual({ id: 'ann', info: { name: 'Ann' }, metas: [{ name: 'Ann' }] });
    await tells({ leaves: [{ id: 'ann', ref: '1' }] });
    expect(ids(room)).toEqual(['ben']);
  });

  test('is one member on many connections, gone with the last of them', async () => {
    const { room, tells } = await present();
    await tells({
      state: [
        { id: 'ann', ref: '1', info: 'desk' },
        { id: 'ann', ref: '2', info: 'phone' },
      ],
    });
    expect(room.presence).toEqual([{ id: 'ann', info: 'phone', metas: ['desk', 'phone'] }]);
    await tells({ leaves: [{ id: 'ann', ref: '2' }] });
    expect(room.presence).toEqual([{ id: 'ann', info: 'desk', metas: ['desk'] }]);
    await tells({ leaves: [{ id: 'ann', ref: '1' }] });
    expect(room.presence).toEqual([]);
  });

  test('keeps back what comes before the first state', async () => {
    const { room, tells } = await present();
    await tells({ joins: [{ id: 'ben', ref: '2' }], leaves: [{ id: 'ann', ref: '1' }] });
    expect(ids(room)).toEqual([]);
    await tells({ state: [{ id: 'ann', ref: '1' }] });
    expect(ids(room)).toEqual(['ben']);
  });

  test('is the same list, of the same members, while nothing changes', async () => {
    const { room, tells, drop, accept } = await present();
    const state = [
      { id: 'ann', ref: '1', info: { at: 1 } },
      { id: 'ben', ref: '2', info: { at: 2 } },
    ];
    await tells({ state });
    const before = room.presence;
    const changed = vi.fn();
    room.subscribe(changed);
    await tells({ state: [...state].reverse() });
    await tells({ joins: [state[0]] });
    expect([room.presence, changed.mock.calls.length]).toEqual([before, 0]);
    expect(room.presence).toBe(before);
    await drop();
    await accept('room');
    expect(room.presence).toBe(before);
    await tells({ state: [{ id: 'ann', ref: '9', info: { at: 1 } }] });
    expect(room.presence[0]).toBe(before[0]);
    expect(ids(room)).toEqual(['ann']);
  });

  test('is empty once the channel is left', async () => {
    const { room, tells } = await present();
    await tells({ state: [{ id: 'ann', ref: '1' }] });
    room.leave();
    expect(room.presence).toEqual([]);
  });

  test('takes ids of any kind', async () => {
    const { room, tells } = await present();
    await tells({ state: [{ id: '__proto__', ref: 'constructor' }] });
    expect(ids(room)).toEqual(['__proto__']);
  });
});

describe('a reconnection', () => {
  const watched = async (...topics: string[]) => {
    const on = await joined(...topics);
    const heard: Reconnection[] = [];
    const stop = onReconnect(on.connection, (reconnection) => heard.push(reconnection));
    return { ...on, heard, stop };
  };

  test('is told once every channel is back, with the worst of what they say', async () => {
    const { drop, accept, heard } = await watched('a', 'b');
    await drop();
    await accept('a', { recovered: true });
    expect(heard).toEqual([]);
    await accept('b', { recovered: true });
    expect(heard).toEqual([{ downtime: expect.any(Number), recovered: true }]);
    await drop();
    await accept('a', { recovered: false });
    await accept('b', { recovered: true });
    expect(heard[1]).toMatchObject({ recovered: false });
  });

  test('does not wait for a channel that the server does not let in for now', async () => {
    const { drop, accept, heard, said, tell } = await watched('a', 'b');
    await drop();
    const asked = said().find(({ topic }) => topic === 'b');
    await accept('a', { recovered: true });
    await tell({ type: 'error', id: asked?.id, message: 'busy', retry: true });
    expect(heard).toMatchObject([{ recovered: false }]);
  });

  test('without channels knows nothing of what was missed', async () => {
    const { drop, heard } = await watched();
    await drop();
    expect(heard).toMatchObject([{ recovered: null }]);
  });

  test('that is interrupted is told as one', async () => {
    const { drop, accept, heard } = await watched('a', 'b');
    await drop();
    await accept('a', { recovered: false });
    await drop();
    await accept('a', { recovered: true });
    await accept('b', { recovered: true });
    expect(heard).toEqual([{ downtime: expect.any(Number), recovered: false }]);
    expect(heard[0]?.downtime).toBeGreaterThan(1_000);
  });

  test('of a channel that is not let in again is one that missed something', async () => {
    const { drop, said, tell, heard } = await watched('a');
    await drop();
    await tell({ type: 'error', id: said()[0]?.id, message: 'no' });
    expect(heard).toMatchObject([{ recovered: false }]);
  });

  test('leaves out a channel that was left meanwhile', async () => {
    const { drop, accept, heard, rooms } = await watched('a', 'b');
    await drop();
    rooms[0]?.leave();
    await accept('b', { recovered: true });
    expect(heard).toMatchObject([{ recovered: true }]);
  });

  test('does not wait for a channel whose topic another one has taken', async () => {
    const { channel, accept, said, tell, drop, heard, environment } = await watched();
    const [first, second] = [channel('room', { params: 1 }), channel('room', { params: 2 })];
    const release = first.retain();
    await microtasks();
    await accept('room');
    second.retain();
    release();
    environment.advance(1);
    await tell({ type: 'ack', id: said().find(({ type }) => type === 'unsubscribe')?.['id'] });
    await accept('room');
    first.retain();
    expect([statusOf(first), statusOf(second)]).toEqual(['joining', 'joined']);
    await drop();
    await accept('room');
    expect([statusOf(first), statusOf(second)]).toEqual(['joined', 'rejoining']);
    expect(heard).toHaveLength(1);
  });

  test('is not told to who stopped listening', async () => {
    const { drop, accept, heard, stop } = await watched('a');
    await drop();
    stop();
    await accept('a');
    expect(heard).toEqual([]);
  });
});

describe('a call', () => {
  test('is answered, and waits for the line', async () => {
    const { connection, online, said, tell } = channelStage();
    const answer = call(connection, { event: 'time', payload: 'utc' });
    await online();
    const [frame] = said();
    expect(frame).toMatchObject({ type: 'call', event: 'time', payload: 'utc' });
    await tell({ type: 'ack', id: frame?.id, payload: 12 });
    expect(await answer).toBe(12);
  });

  test('is one of no more than may wait', async () => {
    const { connection, online } = channelStage({ queue: { maxMessages: 2 } });
    const waiting = [1, 2].map((n) => call(connection, { event: 'x', payload: n }));
    await expect(call(connection, { event: 'x' })).rejects.toMatchObject({ name: 'QueueFullError' });
    await online();
    expect(waiting).toHaveLength(2);
  });

  test('waits for room on the socket like any other, in order', async () => {
    const { connection, online, said, socket, environment } = channelStage({ queue: { maxMessages: 10 } });
    await online();
    socket().bufferedAmount = 5_000_000;
    const refused: unknown[] = [];
    for (let n = 0; n < 100; n++) {
      call(connection, { event: 'x', payload: n }, { timeout: Infinity }).catch((error: Error) =>
        refused.push(error.name),
      );
    }
    await microtasks();
    expect([refused, said()]).toEqual([Array(90).fill('QueueFullError'), []]);
    socket().bufferedAmount = 0;
    environment.advance(1_000);
    expect(said().map(({ payload }) => payload)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('rejects when it is refused, and when the line is lost', async () => {
    const { connection, online, said, tell, socket } = channelStage();
    await online();
    const refused = expect(call(connection, { event: 'x' })).rejects.toMatchObject({ code: 'send-refused' });
    await tell({ type: 'error', id: said()[0]?.id, message: 'no' });
    await refused;
    const lost = expect(call(connection, { event: 'y' })).rejects.toMatchObject({ name: 'ConnectionClosedError' });
    socket().end(1006);
    await lost;
  });
});

test('a thousand who ask for one topic are one member, and each hears each event once', async () => {
  const { connection, online, said, accept, tell } = channelStage();
  await online();
  const heard = vi.fn();
  for (let count = 0; count < 1_000; count++) {
    const room = channel(connection, 'room');
    room.retain();
    room.on('message', heard);
  }
  await microtasks();
  expect(said().length).toBe(1);
  await accept('room');
  await tell({ type: 'event', topic: 'room', event: 'message', payload: 1 });
  expect(heard).toHaveBeenCalledTimes(1_000);
});

test('when the connection is disposed, everything that waits for it ends', async () => {
  const { connection, room, rooms, channel: open } = await joined('room', 'other');
  const unanswered = [
    room.send('a', 1, { timeout: Infinity }),
    call(connection, { event: 'x' }, { timeout: Infinity }),
  ];
  const apart = open('idle');
  connection.dispose();
  const late = [room.send('b', 1), apart.send('c', 1), call(connection, { event: 'y' })];
  const outcomes = await Promise.allSettled([...unanswered, ...late]);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  expect(rooms.map((each) => each.getSnapshot())).toMatchObject(
    Array(2).fill({ status: 'left', error: { code: 'disposed' } }),
  );
});
