import { describe, expect, test, vi } from 'vitest';
import { channel, type ChannelFact, type ChannelSession, type JoinRequest } from '../../src/index';
import { collectGarbage } from '../kit/collectGarbage';
import { microtasks } from '../kit/fakeEnvironment';
import { fakeProtocol } from '../kit/fakeProtocol';
import { stage } from '../kit/stage';
import { statusOf } from './kit';

/** A line whose protocol writes down what it is asked, and tells what the test says. */
async function line(session: Partial<ChannelSession<never>> = {}) {
  const joins: JoinRequest[] = [];
  let tell: (fact: ChannelFact) => void = () => {};
  const leave = vi.fn();
  const channels = fakeProtocol({
    open(context) {
      tell = context.tell;
      return { join: (request) => void joins.push(request), leave, push() {}, receive() {}, ...session };
    },
  });
  const on = stage({ channels });
  const room = channel(on.connection, 'room');
  const heard: unknown[] = [];
  room.on('*', ({ payload }) => heard.push(payload));
  const release = room.retain();
  on.socket().accept();
  await microtasks();
  const join = () => joins.at(-1) ?? expect.fail('Nothing was asked.');
  const event = (payload: unknown, ref?: number): ChannelFact => ({
    type: 'event',
    topic: 'room',
    event: 'said',
    payload,
    ref,
  });
  return { ...on, room, release, heard, joins, join, leave, tell: (fact: ChannelFact) => tell(fact), event };
}

describe('what carries the ref of its join', () => {
  test('waits for the reply if it comes before it', async () => {
    const { tell, event, join, heard } = await line();
    const { ref } = join();
    tell(event('early', ref));
    tell(event('unmarked'));
    expect(heard).toEqual([]);
    tell({ type: 'reply', ref });
    tell(event('later', ref));
    tell(event('unmarked, later'));
    expect(heard).toEqual(['early', 'later', 'unmarked, later']);
  });

  test('is dropped when it is of a former membership', async () => {
    const { tell, event, join, heard, room } = await line();
    const { ref } = join();
    tell({ type: 'reply', ref });
    tell(event('of another', ref - 1));
    tell({ type: 'ended', topic: 'room', ref: ref - 1, message: 'late', verdict: 'stop' });
    tell({ type: 'presence', topic: 'room', ref: ref - 1, state: [{ id: 'ghost', ref: '1', info: null }] });
    expect([heard, room.presence, statusOf(room)]).toEqual([[], [], 'joined']);
  });

  test('may end a join that is not answered', async () => {
    const { tell, join, room } = await line();
    tell({ type: 'ended', topic: 'room', ref: join().ref, message: 'gone', verdict: 'stop' });
    expect(statusOf(room)).toBe('failed');
  });

  test('and waits is not heard by who leaves on the first of it', async () => {
    const { tell, event, join, heard, room } = await line();
    const { ref } = join();
    for (const payload of [1, 2, 3]) tell(event(payload, ref));
    room.on('said', () => room.leave());
    tell({ type: 'reply', ref });
    expect(heard).toEqual([1]);
  });

  test('is too much at some time: then the join has failed, and says so', async () => {
    const { tell, event, join, room, leave } = await line();
    for (let count = 0; count <= 1_000; count++) tell(event(count, join().ref));
    expect(room.getSnapshot()).toMatchObject({ status: 'joining', error: { code: 'buffer-overflow' } });
    expect(leave).toHaveBeenCalledTimes(1);
  });

  test('may ask for a fresh authorisation once, not again and again', async () => {
    const { tell, join, joins, room } = await line();
    for (let count = 0; count < 3; count++) {
      const { ref } = join();
      tell({ type: 'reply', ref });
      tell({ type: 'ended', topic: 'room', ref, message: 'expired', verdict: 'reauth' });
      await microtasks();
    }
    expect([joins.length, statusOf(room)]).toEqual([2, 'left']);
  });

  test('is forgotten with a join that fails', async () => {
    const { tell, event, join, heard, environment } = await line();
    const { ref } = join();
    tell(event('early', ref));
    tell({ type: 'refusal', ref, message: 'busy', verdict: 'retry' });
    environment.advance(1_000);
    await microtasks();
    tell({ type: 'reply', ref: join().ref });
    expect(heard).toEqual([]);
  });
});

describe('the signal of a join', () => {
  const pending = async () => {
    const signals: AbortSignal[] = [];
    const join = ({ signal }: JoinRequest) => {
      signals.push(signal);
      return new Promise<void>(() => {});
    };
    return { ...(await line({ join })), signal: () => signals.at(-1) ?? expect.fail('Nothing was asked.') };
  };

  test('is aborted when it takes too long', async () => {
    const { signal, environment, leave } = await pending();
    expect(signal().aborted).toBe(false);
    environment.advance(10_000);
    expect([signal().aborted, leave.mock.calls.length]).toEqual([true, 1]); // the session may have asked the server
  });

  test('is aborted when the line is lost', async () => {
    const { signal, socket } = await pending();
    socket().end(1006);
    expect(signal().aborted).toBe(true);
  });

  test('is aborted when nobody wants it any more', async () => {
    const { signal, release, environment } = await pending();
    release();
    environment.advance(0);
    expect(signal().aborted).toBe(true);
  });

  test('is left alone once the server has answered', async () => {
    const { tell, join, room, release, environment } = await line();
    const { signal, ref } = join();
    tell({ type: 'reply', ref });
    expect([signal.aborted, statusOf(room)]).toEqual([false, 'joined']);
    release();
    environment.advance(0);
  });
});

test('a channel that failed lets go of the line with its last holder', async () => {
  const { tell, join, release, environment, status } = await line();
  tell({ type: 'refusal', ref: join().ref, message: 'no' });
  environment.advance(0);
  expect(status()).toBe('connected');
  release();
  environment.advance(0);
  environment.advance(0);
  expect(status()).toBe('disconnected');
});

test('who only listens hears who joins later, though nobody keeps the channel', async () => {
  const { connection, tell, joins } = await line();
  const heard = vi.fn();
  channel(connection, 'other').on('said', heard);
  await new Promise(setImmediate);
  collectGarbage();
  channel(connection, 'other').retain();
  await microtasks();
  tell({ type: 'reply', ref: joins.at(-1)?.ref ?? 0 });
  tell({ type: 'event', topic: 'other', event: 'said', payload: 1 });
  expect(heard).toHaveBeenCalledWith(1);
});
