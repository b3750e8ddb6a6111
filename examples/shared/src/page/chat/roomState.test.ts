import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../chat/protocol';
import { withGap } from './gaps';
import {
  EMPTY_ROOM,
  typistsOf,
  unreadOf,
  withAllSeen,
  withEarlier,
  withFailure,
  withMessages,
  withOutgoing,
  withoutIdleTypists,
  withoutOutgoing,
  withTyping,
} from './roomState';

const message = (at: number, from = 'bob', id = `${at}`): ChatMessage => ({ id, from, name: from, text: `${at}`, at });
const heard = (...messages: ChatMessage[]) => withMessages(EMPTY_ROOM, messages, 'ann');
const times = ({ messages }: { messages: readonly ChatMessage[] }) => messages.map(({ at }) => at);

describe('messages', () => {
  it('are in the order of the server, however they come', () => {
    expect(times(withMessages(heard(message(3), message(1)), [message(2)], 'ann'))).toEqual([1, 2, 3]);
  });

  it('are there once, however often they come', () => {
    const room = heard(message(1), message(2), message(2));
    expect(times(withMessages(room, [message(1), message(2), message(3)], 'ann'))).toEqual([1, 2, 3]);
  });

  it('of two people may have one id', () => {
    expect(heard(message(1, 'bob', 'x'), message(2, 'eve', 'x')).messages).toHaveLength(2);
  });

  it('are no longer on their way once they came, unless it is the id of somebody else', () => {
    const room = withOutgoing(EMPTY_ROOM, { id: 'x', text: 'hello' });
    expect(withMessages(room, [message(1, 'eve', 'x')], 'ann').outgoing).toHaveLength(1);
    expect(withMessages(room, [message(1, 'ann', 'x')], 'ann').outgoing).toEqual([]);
  });

  it('end what their author typed', () => {
    const room = withTyping(withTyping(EMPTY_ROOM, { from: 'bob', name: 'Bob' }, 0), { from: 'eve', name: 'Eve' }, 0);
    expect(typistsOf(withMessages(room, [message(1)], 'ann'))).toEqual(['Eve']);
  });

  it('are kept up to 2,000, the newest of them; the others can be asked for again', () => {
    const room = heard(...Array.from({ length: 2_010 }, (_, index) => message(index + 1)));
    expect(times(room)).toHaveLength(2_000);
    expect(times(room)[0]).toBe(11);
    expect(room.earlier.status).toBe('more');
  });

  it('take along the gaps in front of them when they are forgotten', () => {
    const room = withGap(withGap(heard(message(1), message(2)), { after: 1, status: 'gone' }), {
      after: 2,
      status: 'gone',
    });
    const later = Array.from({ length: 1_999 }, (_, index) => message(index + 3));
    expect(withMessages(room, later, 'ann').gaps).toEqual([{ after: 2, status: 'gone' }]);
  });
});

describe('what was said earlier', () => {
  it('comes in front of the rest, each message once', () => {
    const room = withEarlier(heard(message(3), message(4)), {
      messages: [message(1), message(2), message(3)],
      hasEarlier: true,
    });
    expect(times(room)).toEqual([1, 2, 3, 4]);
    expect(room.earlier.status).toBe('more');
    expect(withEarlier(room, { messages: [], hasEarlier: false }).earlier.status).toBe('beginning');
  });
});

describe('what is on its way', () => {
  const room = withOutgoing(withOutgoing(EMPTY_ROOM, { id: 'a', text: 'one' }), { id: 'b', text: 'two' });

  it('is in the order in which it was written', () => {
    expect(room.outgoing.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('fails with a reason, and may be tried again or given up', () => {
    const failed = withFailure(room, 'a', 'too long');
    expect(failed.outgoing).toMatchObject([{ failure: 'too long' }, { failure: null }]);
    expect(withFailure(failed, 'a', null).outgoing[0]?.failure).toBeNull();
    expect(withoutOutgoing(failed, 'a').outgoing.map(({ id }) => id)).toEqual(['b']);
  });
});

describe('who types', () => {
  it('does so for three seconds without further news', () => {
    const room = withTyping(EMPTY_ROOM, { from: 'bob', name: 'Bob' }, 1_000);
    const typistsAt = (now: number, state = room) => typistsOf(withoutIdleTypists(state, now));
    expect(typistsAt(3_999)).toEqual(['Bob']);
    expect(typistsAt(4_000)).toEqual([]);
    expect(typistsAt(5_000, withTyping(room, { from: 'bob', name: 'Bob' }, 3_000))).toEqual(['Bob']);
  });
});

describe('unread', () => {
  it('is what others said since the room was looked at', () => {
    const room = withAllSeen(heard(message(1)));
    const later = withMessages(room, [message(2), message(3, 'ann'), message(4)], 'ann');
    expect(unreadOf(later, 'ann')).toBe(2);
    expect(unreadOf(withAllSeen(later), 'ann')).toBe(0);
  });
});
