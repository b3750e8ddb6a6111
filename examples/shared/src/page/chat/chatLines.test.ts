import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../chat/protocol';
import { chatEntriesOf, formatDay, typingText } from './chatLines';
import { withNewest } from './gaps';
import {
  EMPTY_ROOM,
  withAllSeen,
  withFailure,
  withMessages,
  withNewMark,
  withOutgoing,
  type RoomState,
} from './roomState';

const message = (at: number, name: string): ChatMessage => ({
  id: `${at}`,
  from: name.toLowerCase(),
  name,
  text: 'x',
  at,
});

/** Without the days. */
const entriesOf = (room: RoomState) => chatEntriesOf(room, 'Ann').filter(({ kind }) => kind !== 'day');

describe('what there is to see', () => {
  it('names an author once for what they say in a row, and again after a while', () => {
    const said = [message(1, 'Bob'), message(2, 'Bob'), message(3, 'Ann'), message(4, 'Bob'), message(900_000, 'Bob')];
    const entries = entriesOf(withMessages(EMPTY_ROOM, said, 'ann'));
    expect(entries.map((entry) => entry.kind === 'line' && entry.isFirst)).toEqual([true, false, true, true, true]);
    expect(entries.map((entry) => entry.kind === 'line' && entry.isMine)).toEqual([false, false, true, false, false]);
  });

  it('ends with what is on its way, under the key that it keeps', () => {
    const draft = { id: '7', text: 'soon' };
    const pending = withFailure(withOutgoing(withOutgoing(EMPTY_ROOM, draft), { id: '8', text: 'no' }), '8', 'refused');
    const before = entriesOf(withMessages(pending, [message(3, 'Bob')], 'ann'));
    expect(before).toMatchObject([
      { status: 'sent' },
      { status: 'pending', isMine: true, isFirst: true, at: null },
      { status: 'failed', isFirst: false, failure: 'refused' },
    ]);
    const arrived = withMessages(pending, [{ ...draft, from: 'ann', name: 'Ann', at: 9 }], 'ann');
    expect(entriesOf(arrived)[0]).toMatchObject({ key: before[1]?.key, status: 'sent' });
  });

  it('shows a gap where something may be missing, and names the author after it', () => {
    const room = withMessages(EMPTY_ROOM, [message(1, 'Bob')], 'ann');
    const entries = entriesOf(withNewest(room, { messages: [message(5, 'Bob')], hasEarlier: false }, 'ann'));
    const gap = { after: 1, status: 'gone' };
    expect(entries).toMatchObject([{ kind: 'line' }, { kind: 'gap', gap }, { kind: 'line', isFirst: true }]);
  });
});

describe('what divides the log', () => {
  it('is each day, in front of its first message', () => {
    const noon = new Date(2026, 0, 1, 12).getTime();
    const said = [0, 1, 24, 25].map((hours) => message(noon + hours * 3_600_000, 'Bob'));
    const entries = chatEntriesOf(withMessages(EMPTY_ROOM, said, 'ann'), 'Ann');
    expect(entries.map(({ kind }) => kind)).toEqual(['day', 'line', 'line', 'day', 'line', 'line']);
  });

  it('is what others said since the room was looked at', () => {
    const read = withAllSeen(withMessages(EMPTY_ROOM, [message(1, 'Bob')], 'ann'));
    const missed = withMessages(read, [message(2, 'Ann'), message(3, 'Bob'), message(4, 'Bob')], 'ann');
    const kinds = (room: RoomState) => entriesOf(room).map(({ kind }) => kind);
    expect(kinds(withNewMark(missed, 'ann'))).toEqual(['line', 'line', 'new', 'line', 'line']);
    expect(kinds(withNewMark(withAllSeen(missed), 'ann'))).toEqual(['line', 'line', 'line', 'line']);
  });

  it.each([
    [0, 'Today'],
    [11, 'Today'],
    [12, 'Yesterday'],
    [35, 'Yesterday'],
    [36, 'Monday 12 October'],
  ])('is called by its name: %d hours before noon, %s', (hours, name) => {
    const noon = new Date(2026, 9, 14, 11, 59).getTime();
    expect(formatDay(noon - hours * 3_600_000, noon).replace(',', '')).toBe(name);
  });
});

it('draws anew only what looks different', () => {
  const room = withMessages(EMPTY_ROOM, [message(1, 'Bob'), message(2, 'Bob')], 'ann');
  const more = withMessages(room, [message(3, 'Bob')], 'ann');
  expect(entriesOf(more)[1]).toBe(entriesOf(room)[1]);
});

describe('who types', () => {
  it('is said in words', () => {
    const texts = [[], ['Ann'], ['Ann', 'Bob'], ['Ann', 'Bob', 'Eve']].map(typingText);
    expect(texts.map((text) => text.replace(/[\u2068\u2069]/g, ''))).toEqual([
      '',
      'Ann is typing…',
      'Ann and Bob are typing…',
      'Several people are typing…',
    ]);
  });
});
