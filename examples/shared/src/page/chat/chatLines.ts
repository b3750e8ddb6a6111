import { messageKey } from '../../chat/protocol';
import { userOf } from '../../chat/readInput';
import type { RoomState } from './roomState';

/** One message as it is shown. */
export interface ChatLine {
  readonly kind: 'line';
  /** The same on its way and after. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** When the server got it, in milliseconds since the epoch; `null` before. */
  readonly at: number | null;
  readonly isMine: boolean;
  /** Whether it begins what its author says: the ones after it need no name. */
  readonly isFirst: boolean;
  readonly status: 'sent' | 'pending' | 'failed';
  readonly failure: string | null;
}

/** What there is to see in a room, from top to bottom. */
export type ChatEntry = ChatLine | { readonly kind: 'gap'; readonly key: string };

/** Silence of this long, in milliseconds, makes an author begin anew. */
const PAUSE = 300_000;

export function chatEntriesOf(
  { messages, outgoing, gaps }: Pick<RoomState, 'messages' | 'outgoing' | 'gaps'>,
  name: string,
): ChatEntry[] {
  const me = userOf(name);
  const entries: ChatEntry[] = [];
  let last = { from: '', at: 0 };
  for (const message of messages) {
    const { id, from, name, text, at } = message;
    const isFirst = from !== last.from || at - last.at > PAUSE;
    const key = messageKey(message);
    entries.push({
      kind: 'line',
      key,
      id,
      name,
      text,
      at,
      isMine: from === me,
      isFirst,
      status: 'sent',
      failure: null,
    });
    last = { from, at };
    if (!gaps.includes(at)) continue;
    entries.push({ kind: 'gap', key: `gap ${at}` });
    last = { from: '', at };
  }
  for (const { id, text, failure } of outgoing) {
    const status = failure === null ? 'pending' : 'failed';
    const isFirst = last.from !== me;
    const key = messageKey({ from: me, id });
    entries.push({ kind: 'line', key, id, name, text, at: null, isMine: true, isFirst, status, failure });
    last = { from: me, at: Infinity };
  }
  return entries;
}

/** "Ann is typing…"; empty when nobody is. */
export function typingText(names: readonly string[]): string {
  const [first, second, ...others] = names.map(isolated);
  if (first === undefined) return '';
  if (second === undefined) return `${first} is typing…`;
  return others.length ? 'Several people are typing…' : `${first} and ${second} are typing…`;
}

/** A name in the middle of a sentence, whichever way it is written, does not turn the sentence (Unicode's first-strong isolate). */
const isolated = (name: string): string => `\u2068${name}\u2069`;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
export const formatClock = (time: number): string => clock.format(time);
