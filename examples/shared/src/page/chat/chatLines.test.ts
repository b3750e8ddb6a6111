import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../chat/protocol';
import { chatEntriesOf, typingText } from './chatLines';
import { EMPTY_ROOM, withFailure, withGap, withMessages, withOutgoing } from './roomState';

const message = (at: number, name: string): ChatMessage => ({
  id: `${at}`,
  from: name.toLowerCase(),
  name,
  text: 'x',
  at,
});

describe('what there is to see', () => {
  it('names an author once for what they say in a row, and again after a while', () => {
    const said = [message(1, 'Bob'), message(2, 'Bob'), message(3, 'Ann'), message(4, 'Bob'), message(900_000, 'Bob')];
    const entries = chatEntriesOf(withMessages(EMPTY_ROOM, said, 'ann'), 'Ann');
    expect(entries.map((entry) => entry.kind === 'line' && entry.isFirst)).toEqual([true, false, true, true, true]);
    expect(entries.map((entry) => entry.kind === 'line' && entry.isMine)).toEqual([false, false, true, false, false]);
  });

  it('ends with what is on its way, under the key that it keeps', () => {
    const draft = { id: '7', text: 'soon' };
    const pending = withFailure(withOutgoing(withOutgoing(EMPTY_ROOM, draft), { id: '8', text: 'no' }), '8', 'refused');
    const before = chatEntriesOf(withMessages(pending, [message(3, 'Bob')], 'ann'), 'Ann');
    expect(before).toMatchObject([
      { status: 'sent' },
      { status: 'pending', isMine: true, isFirst: true, at: null },
      { status: 'failed', isFirst: false, failure: 'refused' },
    ]);
    const arrived = withMessages(pending, [{ ...draft, from: 'ann', name: 'Ann', at: 9 }], 'ann');
    expect(chatEntriesOf(arrived, 'Ann')[0]).toMatchObject({ key: before[1]?.key, status: 'sent' });
  });

  it('shows a gap where something may be missing, and names the author after it', () => {
    const room = withMessages(EMPTY_ROOM, [message(1, 'Bob')], 'ann');
    const missed = [message(5, 'Bob')];
    const entries = chatEntriesOf(withMessages(withGap(room, missed), missed, 'ann'), 'Ann');
    expect(entries).toMatchObject([{ kind: 'line' }, { kind: 'gap' }, { kind: 'line', isFirst: true }]);
  });
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
