import { messageKey, type ChatMessage, type Draft, type RoomPage, type Typist } from '../../chat/protocol';

/** A message of mine that the server has not confirmed. */
export interface Outgoing extends Draft {
  /** Why the server refused it; `null` while it is on its way. */
  readonly failure: string | null;
}

/** What is known of the time before the first message. */
export type Earlier =
  /** Nothing, as long as we were not let in; that there is more, asked for or not; or that there is none. */
  | { readonly status: 'unknown' | 'more' | 'loading' | 'beginning' }
  | { readonly status: 'failed'; readonly reason: string };

/** Between the message of the time `after` and the next one, something may be missing. */
export type Gap = { readonly after: number } & (
  | {
      /** Nobody has asked for it yet; somebody did; or the server no longer has it. */
      readonly status: 'open' | 'filling' | 'gone';
    }
  | { readonly status: 'failed'; readonly reason: string }
);

/** What this page knows of a room. Immutable; times are milliseconds since the epoch. */
export interface RoomState {
  /** The newest, in the order of the server. */
  readonly messages: readonly ChatMessage[];
  readonly earlier: Earlier;
  /** In the order in which they were written. */
  readonly outgoing: readonly Outgoing[];
  /** Where something may be missing. */
  readonly gaps: readonly Gap[];
  /** Who types, by user, and until when that holds without further news. */
  readonly typing: ReadonlyMap<string, { readonly name: string; readonly until: number }>;
  /** The time of the last message that was looked at. */
  readonly seen: number;
  /** What came after this time was new when the room was opened; `null`: nothing was. */
  readonly newSince: number | null;
  /** What is being written here. */
  readonly draft: string;
}

export const EMPTY_ROOM: RoomState = {
  messages: [],
  earlier: { status: 'unknown' },
  outgoing: [],
  gaps: [],
  typing: new Map(),
  seen: 0,
  newSince: null,
  draft: '',
};

/** How many messages of a room the page keeps. */
const KEPT = 2_000;
/** How long somebody types without further news, in milliseconds. */
export const TYPING_LASTS = 3_000;

/** Adds messages, each once and where it belongs: a message that came is not on its way any more, and its author has typed it. */
export function withMessages(room: RoomState, heard: readonly ChatMessage[], me: string): RoomState {
  const fresh = unknownOf(room, heard);
  const arrived = new Set(heard.flatMap(({ from, id }) => (from === me ? [id] : [])));
  const typing = new Map(room.typing);
  for (const { from } of fresh) typing.delete(from);
  const all = [...room.messages, ...fresh].sort((a, b) => a.at - b.at);
  const messages = all.slice(-KEPT);
  return {
    ...room,
    messages,
    earlier: all.length > KEPT ? { status: 'more' } : room.earlier,
    gaps: room.gaps.filter(({ after }) => after >= (messages[0]?.at ?? 0)),
    outgoing: room.outgoing.filter(({ id }) => !arrived.has(id)),
    typing,
  };
}

/** Adds what was said before the first message. */
export function withEarlier(room: RoomState, { messages, hasEarlier }: RoomPage): RoomState {
  const all = [...unknownOf(room, messages), ...room.messages].sort((a, b) => a.at - b.at);
  return { ...room, messages: all, earlier: { status: hasEarlier ? 'more' : 'beginning' } };
}

export function withOutgoing(room: RoomState, { id, text }: Draft): RoomState {
  return { ...room, outgoing: [...room.outgoing, { id, text, failure: null }] };
}

export function withoutOutgoing(room: RoomState, id: string): RoomState {
  return { ...room, outgoing: room.outgoing.filter((draft) => draft.id !== id) };
}

/** @param failure Why it was refused; `null` when it is tried again. */
export function withFailure(room: RoomState, id: string, failure: string | null): RoomState {
  return { ...room, outgoing: room.outgoing.map((draft) => (draft.id === id ? { ...draft, failure } : draft)) };
}

export function withTyping(room: RoomState, { from, name }: Typist, now: number): RoomState {
  return { ...room, typing: new Map(room.typing).set(from, { name, until: now + TYPING_LASTS }) };
}

/** Draws a line in front of what is unread, for who opens the room. */
export function withNewMark(room: RoomState, me: string): RoomState {
  return { ...room, newSince: unreadOf(room, me) > 0 ? room.seen : null };
}

export function withAllSeen(room: RoomState): RoomState {
  const seen = room.messages.at(-1)?.at ?? 0;
  return seen > room.seen ? { ...room, seen } : room;
}

/** How many messages of others came since the room was looked at. */
export function unreadOf({ messages, seen }: RoomState, me: string): number {
  return messages.filter(({ at, from }) => at > seen && from !== me).length;
}

/** Forgets those of whom there was no news for too long. */
export function withoutIdleTypists(room: RoomState, now: number): RoomState {
  return { ...room, typing: new Map([...room.typing].filter(([, { until }]) => until > now)) };
}

/** The names of those who type. */
export const typistsOf = ({ typing }: RoomState): readonly string[] => [...typing.values()].map(({ name }) => name);

export const isKnown = ({ messages }: RoomState, message: ChatMessage): boolean =>
  messages.some((known) => messageKey(known) === messageKey(message));

function unknownOf({ messages }: RoomState, heard: readonly ChatMessage[]): ChatMessage[] {
  const known = new Set(messages.map(messageKey));
  return heard.filter((message) => !known.has(messageKey(message)) && known.add(messageKey(message)));
}
