import { ChannelError, ConnectionClosedError, TimeoutError } from '@tautline/core';
import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import type { ChatMessage, Draft, RoomPage } from '../../chat/protocol';
import { unreadInAll } from './chatState';
import { ChatStore } from './chatStore';
import type { AskEarlier, SendToRoom } from './deliver';
import { Outbox } from './outbox';
import { fakeStorage } from './testStorage';

/** A server at the other end of `send`, which answers when and as it is told. */
class Desk {
  readonly posted: Draft[] = [];
  #answers: { resolve: (reply: unknown) => void; reject: (error: unknown) => void }[] = [];

  readonly send = ((_event: string, payload: Draft) => {
    this.posted.push(payload);
    return new Promise((resolve, reject) => this.#answers.push({ resolve, reject }));
  }) as SendToRoom; // rooms are sent nothing but posts

  async accept(): Promise<void> {
    this.#answers.shift()?.resolve(undefined);
    await settled();
  }

  async refuse(error: Error): Promise<void> {
    this.#answers.shift()?.reject(error);
    await settled();
  }
}

const settled = () => vi.advanceTimersByTimeAsync(0);
const message = (at: number, over: Partial<ChatMessage> = {}): ChatMessage => ({
  id: `${at}`,
  from: 'bob',
  name: 'Bob',
  text: `${at}`,
  at,
  ...over,
});

const pageOf = (messages: ChatMessage[], hasEarlier = false): RoomPage => ({ messages, hasEarlier });

let storage: ReturnType<typeof fakeStorage>;
let store: ChatStore;
let desk: Desk;
/** What is asked for from before; nothing answers unless a test says so. */
let ask: Mock<AskEarlier>;
const say = (text: string) => {
  store.write('general', text, () => Promise.resolve());
  store.say('general', desk.send);
};
const general = () => store.getSnapshot().rooms.get('general');

beforeEach(() => {
  vi.useFakeTimers();
  storage = fakeStorage();
  ask = vi.fn(() => new Promise(() => {}));
  store = new ChatStore('Ann', new Outbox(storage), ask);
  desk = new Desk();
  return () => vi.useRealTimers();
});

describe('a message of mine', () => {
  it('is shown at once, and is on its way until it comes', async () => {
    say(' hello ');
    expect(general()?.outgoing).toMatchObject([{ text: 'hello', failure: null }]);
    store.hear('general', message(1, { id: desk.posted[0]?.id ?? '', from: 'ann' }));
    await desk.accept();
    expect(general()).toMatchObject({ outgoing: [], messages: [{ at: 1 }] });
  });

  it('is sent again with the same id when the line was lost before the reply', async () => {
    say('hello');
    await desk.refuse(new ConnectionClosedError(1006));
    expect(desk.posted).toHaveLength(2);
    expect(desk.posted[1]).toEqual(desk.posted[0]);
    expect(general()?.outgoing).toMatchObject([{ failure: null }]);
  });

  it('that was refused says why, and can be tried again or given up', async () => {
    say('hello');
    const id = desk.posted[0]?.id ?? '';
    await desk.refuse(new ChannelError('send-refused', 'Not today.'));
    expect(general()?.outgoing).toMatchObject([{ failure: 'Not today.' }]);
    store.retry('general', id, desk.send);
    expect(general()?.outgoing).toMatchObject([{ failure: null }]);
    expect(desk.posted[1]).toEqual({ id, text: 'hello' });
    await desk.refuse(new ChannelError('send-refused', 'Never.'));
    store.discard('general', id);
    expect(general()?.outgoing).toEqual([]);
  });

  it('that was refused can be written anew', async () => {
    say('hello');
    await desk.refuse(new ChannelError('send-refused', 'Too long.'));
    store.edit('general', desk.posted[0]?.id ?? '');
    expect(general()).toMatchObject({ outgoing: [], draft: 'hello' });
  });

  it('is no draft any more, and says something', () => {
    say('hello');
    expect(general()?.draft).toBe('');
    say('  \n ');
    expect(desk.posted).toHaveLength(1);
  });
});

describe('unread messages', () => {
  it('are those of the rooms that are not looked at', () => {
    store.show('general');
    store.hear('general', message(1));
    store.hear('random', message(1));
    store.hear('random', message(2, { from: 'ann' }));
    expect(unreadInAll(store.getSnapshot())).toBe(1);
    store.show('random');
    expect(unreadInAll(store.getSnapshot())).toBe(0);
  });

  it('are all that come while the chat is not on the screen', () => {
    store.show('general');
    store.show(null);
    store.hear('general', message(1));
    expect(unreadInAll(store.getSnapshot())).toBe(1);
  });

  it('are all that come while the page is behind another one, which then shows where they begin', () => {
    store.show('general');
    store.hear('general', message(1));
    store.look(false);
    store.hear('general', message(2));
    expect(unreadInAll(store.getSnapshot())).toBe(1);
    store.look(true);
    expect(unreadInAll(store.getSnapshot())).toBe(0);
    expect(general()?.newSince).toBe(1);
    store.show('random');
    store.show('general');
    expect(general()?.newSince).toBeNull();
  });

  it('are not what was said before one came, but what was said while one was away', () => {
    store.enter('general', pageOf([message(1), message(2)]), null);
    expect(unreadInAll(store.getSnapshot())).toBe(0);
    store.enter('general', pageOf([message(2), message(3)]), false);
    expect(unreadInAll(store.getSnapshot())).toBe(1);
  });
});

describe('coming back', () => {
  it('leaves no gap when everything was recovered', () => {
    store.enter('general', pageOf([message(1)]), null);
    store.enter('general', pageOf([message(1), message(2)]), true);
    expect(general()).toMatchObject({ gaps: [], messages: [{ at: 1 }, { at: 2 }] });
  });

  it('fills what was not, page by page, and only what the server no longer has stays a gap', async () => {
    const said = Array.from({ length: 160 }, (_, index) => message(index + 1));
    ask.mockImplementation(({ before, count }) => {
      const end = said.findIndex(({ at }) => at === before);
      return Promise.resolve(pageOf(said.slice(Math.max(0, end - count), end), end > count));
    });
    store.enter('general', pageOf(said.slice(0, 5)), null);
    store.enter('general', pageOf(said.slice(110), true), false);
    expect(general()?.gaps).toEqual([{ after: 5, status: 'filling' }]);
    await settled();
    expect(ask.mock.calls.map(([{ before, count }]) => [before, count])).toEqual([
      [111, 100],
      [11, 100],
    ]);
    expect(general()).toMatchObject({ messages: said, gaps: [] });

    store.enter('general', pageOf([]), false);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(general()?.gaps).toEqual([{ after: 160, status: 'gone' }]);
  });

  it('asks again for a gap that could not be filled: when told to, and after the next reconnect', async () => {
    store.enter('general', pageOf([message(1)]), null);
    ask.mockRejectedValueOnce(new TimeoutError(10_000));
    const reply = pageOf([message(60)], true);
    store.enter('general', reply, false);
    await settled();
    const reason = 'No answer within 10000 ms.';
    expect(general()?.gaps).toEqual([{ after: 1, status: 'failed', reason }]);
    store.enter('general', reply, false); // no news
    expect(ask).toHaveBeenCalledTimes(1);

    ask.mockRejectedValueOnce(new ConnectionClosedError(1006));
    void store.fillGap('general', 1);
    await settled();
    ask.mockResolvedValueOnce(pageOf([message(1), message(2)]));
    store.enter('general', pageOf([message(60), message(61)], true), true);
    await settled();
    expect(general()).toMatchObject({ gaps: [], messages: [{ at: 1 }, { at: 2 }, { at: 60 }, { at: 61 }] });
  });

  it('asks for nothing twice at a time, and fills nothing for who left', async () => {
    store.enter('general', pageOf([message(1)]), null);
    store.enter('general', pageOf([message(60)], true), false);
    store.enter('general', pageOf([message(60)], true), true);
    expect(ask).toHaveBeenCalledTimes(1);
    ask.mockResolvedValueOnce(pageOf([message(2)]));
    store.enter('random', pageOf([message(1)]), null);
    store.enter('random', pageOf([message(60)], true), false);
    store.use('Ann');
    await settled();
    expect(store.getSnapshot().rooms.get('random')).toMatchObject({ gaps: [], messages: [] });
  });
});

describe('what was said earlier', () => {
  const first = message(51);
  const page = pageOf([message(49), message(50)], true);

  it('is asked for once, and comes in front of the rest', async () => {
    store.enter('general', pageOf([first], true), null);
    ask.mockResolvedValue(page);
    void store.loadEarlier('general');
    void store.loadEarlier('general');
    expect(general()?.earlier.status).toBe('loading');
    await settled();
    expect(ask).toHaveBeenCalledExactlyOnceWith({ room: 'general', before: 51, count: 50 });
    expect(general()).toMatchObject({ messages: [{ at: 49 }, { at: 50 }, { at: 51 }], earlier: { status: 'more' } });
  });

  it('is not asked for before one came, nor at the beginning', async () => {
    await store.loadEarlier('general');
    store.enter('general', pageOf([first]), null);
    await store.loadEarlier('general');
    expect(ask).not.toHaveBeenCalled();
  });

  it('that did not come says why, and is asked for again', async () => {
    store.enter('general', pageOf([first], true), null);
    ask.mockRejectedValueOnce(new TimeoutError(10_000));
    await store.loadEarlier('general');
    expect(general()?.earlier).toEqual({ status: 'failed', reason: 'No answer within 10000 ms.' });
    ask.mockResolvedValueOnce(page);
    await store.loadEarlier('general');
    expect(general()?.earlier.status).toBe('more');
  });

  it('of somebody who left is nobody’s', async () => {
    store.enter('general', pageOf([first], true), null);
    ask.mockResolvedValueOnce(page);
    void store.loadEarlier('general');
    store.use('Ann');
    store.enter('general', pageOf([first], true), null);
    await settled();
    expect(general()?.messages).toHaveLength(1);
  });

  it('stays what it was after a reconnect', () => {
    store.enter('general', pageOf([message(1)]), null);
    store.enter('general', pageOf([message(60)], true), false);
    expect(general()?.earlier.status).toBe('beginning');
  });
});

describe('a page that is loaded again', () => {
  const again = () => new ChatStore('Ann', new Outbox(storage), ask);

  it('goes on with what is not confirmed, under the same id', async () => {
    say('one');
    say('two');
    await desk.accept();
    const reloaded = again();
    expect(reloaded.getSnapshot().rooms.get('general')?.outgoing).toMatchObject([{ text: 'two', failure: null }]);
    const later = new Desk();
    reloaded.resume('general', later.send);
    reloaded.resume('general', later.send);
    reloaded.resume('random', later.send);
    expect(later.posted).toEqual([desk.posted[1]]);
    await later.accept();
    expect(again().getSnapshot().rooms.get('general')?.outgoing).toEqual([]);
  });

  it('forgets what was given up', async () => {
    say('hello');
    await desk.refuse(new ChannelError('send-refused', 'Never.'));
    store.discard('general', desk.posted[0]?.id ?? '');
    expect(storage.size()).toBe(0);
  });

  it('has nothing of what somebody else has still to say', () => {
    say('hello');
    store.use('Bob');
    expect(general()?.outgoing).toEqual([]);
    store.use('Ann');
    expect(general()?.outgoing).toMatchObject([{ text: 'hello' }]);
  });
});

describe('typing', () => {
  it('is told every two seconds at most, and at once after a message', () => {
    const send = vi.fn(() => Promise.resolve());
    const type = (draft = 'h') => store.write('general', draft, send);
    type('');
    expect(send).not.toHaveBeenCalled();
    type();
    type();
    expect(send).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2_000);
    type();
    expect(send).toHaveBeenCalledTimes(2);
    store.say('general', desk.send);
    type();
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('of others is over after three seconds without further news', () => {
    store.hearTyping('general', { from: 'bob', name: 'Bob' });
    vi.advanceTimersByTime(2_000);
    store.hearTyping('general', { from: 'bob', name: 'Bob' });
    vi.advanceTimersByTime(2_999);
    expect(general()?.typing.size).toBe(1);
    vi.advanceTimersByTime(1);
    expect(general()?.typing.size).toBe(0);
  });

  it('of oneself is no news', () => {
    store.hearTyping('general', { from: 'ann', name: 'ANN' });
    expect(general()?.typing.size).toBe(0);
  });
});

it('forgets everything when somebody else uses the page', () => {
  store.hear('general', message(1));
  say('hello');
  store.use('Eve');
  expect(store.getSnapshot().name).toBe('Eve');
  expect(general()).toMatchObject({ messages: [], outgoing: [] });
});
