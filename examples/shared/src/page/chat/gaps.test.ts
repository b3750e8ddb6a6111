import { describe, expect, it } from 'vitest';
import type { ChatMessage, RoomPage } from '../../chat/protocol';
import { endOf, withFilling, withGap, withNewest } from './gaps';
import { EMPTY_ROOM, withMessages, type Gap } from './roomState';

const message = (at: number): ChatMessage => ({ id: `${at}`, from: 'bob', name: 'Bob', text: `${at}`, at });
const roomOf = (times: readonly number[]) => withMessages(EMPTY_ROOM, times.map(message), 'ann');
const pageOf = (times: readonly number[], hasEarlier: boolean): RoomPage => ({
  messages: times.map(message),
  hasEarlier,
});

interface Row {
  readonly known: readonly number[];
  readonly page: readonly number[];
  readonly hasEarlier: boolean;
  readonly gap: Gap | null;
}

describe('what greets who has not recovered', () => {
  it.each<Row & { readonly which: string }>([
    { which: 'goes on from what is known', known: [1, 2], page: [2, 3, 4], hasEarlier: true, gap: null },
    { which: 'goes on, and something came since', known: [1, 2, 9], page: [2, 3], hasEarlier: true, gap: null },
    { which: 'is all known', known: [1, 2], page: [1, 2], hasEarlier: false, gap: null },
    { which: 'is all there is', known: [], page: [1, 2], hasEarlier: true, gap: null },
    { which: 'leaves a gap', known: [1, 2], page: [7, 8], hasEarlier: true, gap: { after: 2, status: 'open' } },
    {
      which: 'and something came since',
      known: [2, 9],
      page: [7, 8],
      hasEarlier: true,
      gap: { after: 2, status: 'open' },
    },
    { which: 'forgot the rest', known: [1, 2], page: [7, 8], hasEarlier: false, gap: { after: 2, status: 'gone' } },
    { which: 'forgot everything', known: [1, 2], page: [], hasEarlier: false, gap: { after: 2, status: 'gone' } },
  ])('$which: $known, then $page', ({ known, page, hasEarlier, gap }) => {
    const room = withNewest(roomOf(known), pageOf(page, hasEarlier), 'ann');
    expect(room.messages).toEqual([...new Set([...known, ...page])].sort((a, b) => a - b).map(message));
    expect(room.gaps).toEqual(gap ? [gap] : []);
  });

  it('leaves every gap that was there', () => {
    const room = withGap(roomOf([1, 5]), { after: 1, status: 'gone' });
    expect(withNewest(room, pageOf([8], true), 'ann').gaps).toEqual([
      { after: 1, status: 'gone' },
      { after: 5, status: 'open' },
    ]);
  });
});

describe('a page for the gap between 2 and 9', () => {
  const open = withGap(roomOf([1, 2, 9]), { after: 2, status: 'filling' });

  it.each<Omit<Row, 'known'> & { readonly which: string; readonly end: number | undefined }>([
    { which: 'closes it', page: [2, 3, 8], hasEarlier: true, gap: null, end: undefined },
    { which: 'closes it with nothing new', page: [1, 2], hasEarlier: false, gap: null, end: undefined },
    { which: 'makes it smaller', page: [7, 8], hasEarlier: true, gap: { after: 2, status: 'filling' }, end: 7 },
    { which: 'is the last', page: [7, 8], hasEarlier: false, gap: { after: 2, status: 'gone' }, end: undefined },
    { which: 'is empty', page: [], hasEarlier: false, gap: { after: 2, status: 'gone' }, end: undefined },
  ])('$which: $page', ({ page, hasEarlier, gap, end }) => {
    const room = withFilling(open, 2, pageOf(page, hasEarlier), 'ann');
    expect(room.messages).toEqual([...new Set([1, 2, ...page, 9])].map(message));
    expect(room.gaps).toEqual(gap ? [gap] : []);
    expect(endOf(room, 2)).toBe(end);
  });
});

it('asks for nothing where nobody fills, and nothing comes after', () => {
  expect(endOf(withGap(roomOf([1, 9]), { after: 1, status: 'gone' }), 1)).toBeUndefined();
  expect(endOf(withGap(roomOf([1]), { after: 1, status: 'filling' }), 1)).toBeUndefined();
});
