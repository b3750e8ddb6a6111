import { ROOMS, type ChatMessage, type Draft, type RoomEntry, type RoomId, type Typist } from '../../chat/protocol';
import { userOf } from '../../chat/readInput';
import { deliver, type SendToRoom, type SendTyping } from './deliver';
import {
  EMPTY_ROOM,
  TYPING_LASTS,
  unreadOf,
  withAllSeen,
  withFailure,
  withGap,
  withMessages,
  withOutgoing,
  withoutIdleTypists,
  withoutOutgoing,
  withTyping,
  type RoomState,
} from './roomState';

/** What this page knows of the chat. Immutable. */
export interface ChatState {
  /** The name of who uses this page; `null` before they chose one. */
  readonly name: string | null;
  /** The room that is shown, or was shown last. */
  readonly room: RoomId;
  /** Whether the chat is on the screen. */
  readonly isShown: boolean;
  readonly rooms: ReadonlyMap<RoomId, RoomState>;
}

/** How often others are told that somebody goes on typing, in milliseconds. */
const TYPING_NEWS = 2_000;

const NOBODY: ChatState = {
  name: null,
  room: 'general',
  isShown: false,
  rooms: new Map(ROOMS.map((room) => [room, EMPTY_ROOM])),
};

/** The chat of a page, whatever its framework: what was said, what is on its way, who types. Its methods need no `this`. */
export class ChatStore {
  #state: ChatState;
  /** The last answer to a join of each room: one that is shown again is no news. */
  readonly #entries = new Map<RoomId, unknown>();
  /** When others were told that somebody types here. */
  readonly #typingToldAt = new Map<RoomId, number>();
  readonly #listeners = new Set<() => void>();

  constructor(
    name: string | null = null,
    private readonly now: () => number = Date.now,
  ) {
    this.#state = { ...NOBODY, name };
  }

  readonly getSnapshot = (): ChatState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Somebody uses this page from now on, or nobody: what was there before is forgotten. */
  readonly use = (name: string | null): void => {
    this.#entries.clear();
    this.#typingToldAt.clear();
    this.#set({ ...NOBODY, name, isShown: this.#state.isShown });
  };

  /** A room is on the screen; `null`: none is. */
  readonly show = (room: RoomId | null): void => {
    this.#set({ ...this.#state, room: room ?? this.#state.room, isShown: room !== null });
  };

  readonly hear = (room: RoomId, message: ChatMessage): void => {
    this.#change(room, (state) => withMessages(state, [message], this.#me));
  };

  readonly hearTyping = (room: RoomId, typist: Typist): void => {
    if (typist.from === this.#me) return;
    this.#change(room, (state) => withTyping(state, typist, this.now()));
    setTimeout(() => this.#change(room, (state) => withoutIdleTypists(state, this.now())), TYPING_LASTS);
  };

  /**
   * The server let us in, for the first time or again.
   *
   * @param reply What it answered; `undefined` before that.
   * @param recovered `false`: something may be missing.
   */
  readonly enter = (room: RoomId, reply: unknown, recovered: boolean | null): void => {
    if (reply === undefined || reply === this.#entries.get(room)) return;
    const isFirst = !this.#entries.has(room);
    this.#entries.set(room, reply);
    const { messages } = reply as RoomEntry; // what our own server answers
    this.#change(room, (before) => {
      const state = withMessages(recovered === false ? withGap(before, messages) : before, messages, this.#me);
      return isFirst ? withAllSeen(state) : state; // what was said before we came is no news
    });
  };

  /** Something is being written here: tells the others, now and then, if the line lets us. */
  readonly write = (room: RoomId, draft: string, send: SendTyping): void => {
    this.#change(room, (state) => ({ ...state, draft }));
    if (!draft.trim() || this.now() - (this.#typingToldAt.get(room) ?? 0) < TYPING_NEWS) return;
    this.#typingToldAt.set(room, this.now());
    send('keystroke', null, { timeout: 1_000 }).catch(() => {}); // old news is no news
  };

  /** Says what was written: shown at once, delivered when it can be. A blank draft is nothing to say. */
  readonly say = (room: RoomId, send: SendToRoom): void => {
    const text = this.#roomOf(room).draft.trim();
    if (!text) return;
    const draft = { id: randomId(), text };
    this.#typingToldAt.delete(room);
    this.#change(room, (state) => ({ ...withOutgoing(state, draft), draft: '' }));
    void this.#deliver(room, draft, send);
  };

  /** Tries what was refused once more. */
  readonly retry = (room: RoomId, id: string, send: SendToRoom): void => {
    const text = this.#textOf(room, id);
    this.#change(room, (state) => withFailure(state, id, null));
    void this.#deliver(room, { id, text }, send);
  };

  /** Takes back what was refused, to be written anew. */
  readonly edit = (room: RoomId, id: string): void => {
    const draft = this.#textOf(room, id);
    this.#change(room, (state) => ({ ...withoutOutgoing(state, id), draft }));
  };

  readonly discard = (room: RoomId, id: string): void => this.#change(room, (state) => withoutOutgoing(state, id));

  async #deliver(room: RoomId, draft: Draft, send: SendToRoom): Promise<void> {
    try {
      await deliver(send, draft);
      this.discard(room, draft.id); // it came as a message before; if that was missed, it is no longer on its way either
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#change(room, (state) => withFailure(state, draft.id, reason));
    }
  }

  get #me(): string {
    return userOf(this.#state.name ?? '');
  }

  #textOf(room: RoomId, id: string): string {
    return this.#roomOf(room).outgoing.find((each) => each.id === id)?.text ?? '';
  }

  #roomOf(room: RoomId): RoomState {
    return this.#state.rooms.get(room) ?? EMPTY_ROOM;
  }

  #change(room: RoomId, change: (state: RoomState) => RoomState): void {
    this.#set({ ...this.#state, rooms: new Map(this.#state.rooms).set(room, change(this.#roomOf(room))) });
  }

  #set({ rooms, ...state }: ChatState): void {
    const shown = rooms.get(state.room);
    this.#state = {
      ...state,
      rooms: state.isShown && shown ? new Map(rooms).set(state.room, withAllSeen(shown)) : rooms,
    };
    for (const listener of this.#listeners) listener();
  }
}

/** How many messages wait to be read in all rooms. */
export const unreadInAll = ({ rooms, name }: ChatState): number =>
  [...rooms.values()].reduce((sum, room) => sum + unreadOf(room, userOf(name ?? '')), 0);

/** Not `crypto.randomUUID`, which pages have only over https and on localhost. */
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
