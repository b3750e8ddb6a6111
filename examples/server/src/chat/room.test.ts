import { describe, expect, it } from 'vitest';
import { Room } from './room';

const ANN = { user: 'ann', name: 'Ann' };
const BOB = { user: 'bob', name: 'Bob' };
/** With `count` messages, said at 1, 2, 3... */
const roomOf = (count: number) => {
  const room = new Room();
  for (let n = 1; n <= count; n++) room.post({ id: `a${n}`, text: `${n}` }, ANN, n);
  return room;
};
const texts = (room: Room) => room.entry.toJSON().messages.map(({ text }) => text);

describe('a room', () => {
  it('stamps what is posted with its author and the time', () => {
    const { message, isNew } = new Room().post({ id: 'a1', text: ' hello ', from: 'bob', at: 0 }, ANN, 1_000);
    expect(isNew).toBe(true);
    expect(message).toEqual({ id: 'a1', from: 'ann', name: 'Ann', text: 'hello', at: 1_000 });
  });

  it('takes what is sent again for what it was', () => {
    const room = new Room();
    const { message } = room.post({ id: 'a1', text: 'hello' }, ANN, 1_000);
    expect(room.post({ id: 'a1', text: 'hello' }, ANN, 2_000)).toEqual({ message, isNew: false });
    expect(texts(room)).toEqual(['hello']);
  });

  it('tells apart what two people post under one id', () => {
    const room = new Room();
    room.post({ id: 'a1', text: 'from Ann' }, ANN, 1_000);
    expect(room.post({ id: 'a1', text: 'from Bob' }, BOB, 1_000).isNew).toBe(true);
    expect(texts(room)).toEqual(['from Ann', 'from Bob']);
  });

  it('gives every message a later time than the one before, whatever the clock does', () => {
    const room = new Room();
    const times = [1_000, 1_000, 500].map(
      (now, index) => room.post({ id: `a${index}`, text: 'x' }, ANN, now).message.at,
    );
    expect(times).toEqual([1_000, 1_001, 1_002]);
  });

  it('greets with the last 50 messages, and knows many more', () => {
    const room = roomOf(60);
    expect(texts(room)).toHaveLength(50);
    expect(texts(room)[0]).toBe('11');
    expect(room.entry.toJSON().hasEarlier).toBe(true);
    expect(roomOf(50).entry.toJSON().hasEarlier).toBe(false);
    expect(room.post({ id: 'a1', text: '1' }, ANN, 100).isNew).toBe(false);
  });

  it('remembers the last 2,000, and no more', () => {
    const room = roomOf(2_001);
    expect(room.post({ id: 'a2', text: '2' }, ANN, 5_000).isNew).toBe(false);
    expect(room.post({ id: 'a1', text: '1' }, ANN, 5_000).isNew).toBe(true);
  });

  it.each([
    null,
    'text',
    {},
    { text: 'no id' },
    { id: 'a 1', text: 'x' },
    { id: 'x'.repeat(65), text: 'x' },
    { id: 'a1' },
  ])('refuses what is no draft: %j', (payload) =>
    expect(() => new Room().post(payload, ANN, 0)).toThrow('Post { id, text }'),
  );

  it('refuses what is too long, and says so', () => {
    expect(() => new Room().post({ id: 'a1', text: 'x'.repeat(2_001) }, ANN, 0)).toThrow('at most 2,000 characters');
    expect(() => new Room().post({ id: 'a1', text: '   ' }, ANN, 0)).toThrow('something to read');
  });
});

describe('what was said earlier', () => {
  it.each([
    { before: 31, count: 20, first: 11, last: 30, hasEarlier: true },
    { before: 11, count: 20, first: 1, last: 10, hasEarlier: false },
    { before: 21, count: 20, first: 1, last: 20, hasEarlier: false },
    { before: 1_000, count: 1, first: 60, last: 60, hasEarlier: true },
  ])('comes page by page: $count before $before', ({ before, count, first, last, hasEarlier }) => {
    const page = roomOf(60).earlier({ before, count });
    expect(page.messages.map(({ at }) => at)).toEqual(
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
    expect(page.hasEarlier).toBe(hasEarlier);
  });

  it('is nothing before the first message', () => {
    expect(roomOf(3).earlier({ before: 1, count: 20 })).toEqual({ messages: [], hasEarlier: false });
  });

  it.each([null, {}, { before: '1', count: 1 }, { before: 1, count: 0 }, { before: 1, count: 101 }])(
    'is asked for with a time and a count, not %j',
    (payload) => expect(() => roomOf(3).earlier(payload)).toThrow('Ask { room, before, count }'),
  );
});
