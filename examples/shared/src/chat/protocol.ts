/**
 * The chat, on `/chat`: channels of `@tautline/server`, in plain JSON or in Centrifugo's protocol.
 *
 * Each room is a channel with presence and history, `room:general` for instance. Who types is told on
 * a channel of its own, `typing:general`, which keeps nothing: else it would push messages out of the history.
 */
export const CHAT_PATH = '/chat';

export const ROOMS = ['general', 'random', 'help'] as const;
export type RoomId = (typeof ROOMS)[number];

export const roomTopic = (room: RoomId): string => `room:${room}`;
export const typingTopic = (room: RoomId): string => `typing:${room}`;

/** What somebody wants to say. */
export interface Draft {
  /** Made by the writer. A draft that is sent again keeps it, and is published once. */
  readonly id: string;
  readonly text: string;
}

/** What was said, as the server stamped it. */
export interface ChatMessage extends Draft {
  /** The user who wrote it; `id` is theirs, so only both together name a message. */
  readonly from: string;
  /** How that user wants to be called. */
  readonly name: string;
  /** Milliseconds since the epoch; grows with every message of a room, so it is also their order. */
  readonly at: number;
}

/** Who is in a room; what presence tells. */
export interface MemberInfo {
  readonly name: string;
}

export interface Typist extends MemberInfo {
  readonly from: string;
}

/** The events of a room: `post` goes to the server, `message` comes from it. */
export interface RoomEvents {
  readonly post: Draft;
  readonly message: ChatMessage;
}

/** The same for who types: a `keystroke` becomes `typing`. */
export interface TypingEvents {
  readonly keystroke: null;
  readonly typing: Typist;
}

/** A page of what was said in a room, oldest first. Who joins is answered with the newest one. */
export interface RoomPage {
  readonly messages: readonly ChatMessage[];
  /** Whether the server remembers something from before these. */
  readonly hasEarlier: boolean;
}

/** The name of the call that answers an {@link EarlierRequest} with a {@link RoomPage}. */
export const EARLIER = 'earlier';

export interface EarlierRequest {
  readonly room: RoomId;
  /** The time of a message: what came before it is asked for. */
  readonly before: number;
  /** How many messages at the most: 1 to {@link MAX_PAGE}. */
  readonly count: number;
}

export const MAX_PAGE = 100;

/** Names a message among all. */
export const messageKey = ({ from, id }: Pick<ChatMessage, 'from' | 'id'>): string => `${id} ${from}`;

/** A channel that counts: ticks numbered from 1, five a second while anybody hears them; each probe is confirmed. */
export const PULSE_TOPIC = 'pulse';

export interface PulseEvents {
  readonly tick: number;
  readonly probe: number;
}

/** What the server answers to who joins the pulse: the number of the newest tick. */
export interface PulseEntry {
  readonly number: number;
}
