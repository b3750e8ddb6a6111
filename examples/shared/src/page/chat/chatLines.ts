import { messageKey, type ChatMessage } from '../../chat/protocol';
import { userOf } from '../../chat/readInput';
import type { Gap, RoomState } from './roomState';

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

/** What there is to see in a room, from top to bottom. A `day` begins with the message of that time; what is `new` was not read before. */
export type ChatEntry =
  | ChatLine
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: Gap }
  | { readonly kind: 'day'; readonly key: string; readonly at: number };

/** Silence of this long, in milliseconds, makes an author begin anew. */
const PAUSE = 300_000;
/** Where an author begins who said nothing right before. */
const NOBODY = { from: '', at: 0 };

export function chatEntriesOf(
  { messages, outgoing, gaps, newSince }: Pick<RoomState, 'messages' | 'outgoing' | 'gaps' | 'newSince'>,
  name: string,
): ChatEntry[] {
  const me = userOf(name);
  const entries: ChatEntry[] = [];
  let last = NOBODY;
  let day = '';
  let isNewAhead = newSince !== null;
  for (const message of messages) {
    const { from, at } = message;
    if (day !== (day = new Date(at).toDateString())) {
      entries.push({ kind: 'day', key: `day ${day}`, at });
      last = NOBODY;
    }
    if (isNewAhead && at > (newSince ?? 0) && from !== me) {
      entries.push({ kind: 'new', key: 'new' });
      isNewAhead = false;
      last = NOBODY;
    }
    entries.push(lineOf(message, { isMine: from === me, isFirst: from !== last.from || at - last.at > PAUSE }));
    last = message;
    const gap = gaps.find(({ after }) => after === at);
    if (!gap) continue;
    entries.push({ kind: 'gap', key: `gap ${at}`, gap });
    last = NOBODY;
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

/** The line of each message, as long as it looks the same: of a long log only what changed is drawn anew. */
const lines = new WeakMap<ChatMessage, ChatLine>();

function lineOf(message: ChatMessage, { isMine, isFirst }: Pick<ChatLine, 'isMine' | 'isFirst'>): ChatLine {
  const known = lines.get(message);
  if (known?.isMine === isMine && known.isFirst === isFirst) return known;
  const { id, name, text, at } = message;
  const line: ChatLine = {
    kind: 'line',
    key: messageKey(message),
    id,
    name,
    text,
    at,
    isMine,
    isFirst,
    status: 'sent',
    failure: null,
  };
  lines.set(message, line);
  return line;
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

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** The day of a time, as it is called on the day `now`. */
export function formatDay(time: number, now = Date.now()): string {
  const yesterday = new Date(now).setDate(new Date(now).getDate() - 1); // not 24 hours before: days differ in length
  const isOn = (day: number) => new Date(time).toDateString() === new Date(day).toDateString();
  if (isOn(now)) return 'Today';
  return isOn(yesterday) ? 'Yesterday' : weekday.format(time);
}
