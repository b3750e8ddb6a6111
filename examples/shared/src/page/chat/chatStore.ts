import { MAX_PAGE, type ChatMessage, type Draft, type RoomId, type RoomPage, type Typist } from '../../chat/protocol';
import { userOf } from '../../chat/readInput';
import { isSeen, NOBODY, type ChatState } from './chatState';
import { deliver, type AskEarlier, type SendToRoom, type SendTyping } from './deliver';
import { endOf, withFilling, withGap, withNewest } from './gaps';
import type { Outbox } from './outbox';
import {
  EMPTY_ROOM,
  TYPING_LASTS,
  withAllSeen,
  withEarlier,
  withFailure,
  withMessages,
  withNewMark,
  withOutgoing,
  withoutIdleTypists,
  withoutOutgoing,
  withTyping,
  type RoomState,
} from './roomState';

/** How often others are told that somebody goes on typing, in milliseconds. */
const TYPING_NEWS = 2_000;
/** How many earlier messages are asked for at a time. */
const PAGE = 50;

/** The chat of a page, whatever its framework: what was said, what is on its way, who types. Its methods need no `this`. */
export class ChatStore {
  #state: ChatState;
  /** The last answer to a join of each room: one that is shown again is no news. */
  readonly #entries = new Map<RoomId, unknown>();
  /** When others were told that somebody types here. */
  readonly #typingToldAt = new Map<RoomId, number>();
  /** The messages on their way from this page. Another set for everybody who uses it: what comes late for who left, counts no more. */
  #delivering = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(
    name: string | null,
    private readonly outbox: Outbox,
    private readonly askEarlier: AskEarlier,
  ) {
    this.#state = { ...NOBODY, name, rooms: this.#roomsOf(name) };
  }

  readonly getSnapshot = (): ChatState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Somebody uses this page from now on, or nobody: what was there before is forgotten, but for what waits to be sent. */
  readonly use = (name: string | null): void => {
    this.#entries.clear();
    this.#typingToldAt.clear();
    this.#delivering = new Set();
    const { isShown, isLooking } = this.#state;
    this.#set({ ...NOBODY, name, isShown, isLooking, rooms: this.#roomsOf(name) });
  };

  /** The page shows a room; `null`: none. */
  readonly show = (room: RoomId | null): void => {
    this.#see({ ...this.#state, room: room ?? this.#state.room, isShown: room !== null });
  };

  /** The page is on the screen, or is not. */
  readonly look = (isLooking: boolean): void => this.#see({ ...this.#state, isLooking });

  /** Who begins to see a room finds a line in front of what is new. */
  #see(next: ChatState): void {
    if (isSeen(next) && !(isSeen(this.#state) && next.room === this.#state.room)) {
      const opened = withNewMark(this.#roomOf(next.room), this.#me);
      this.#set({ ...next, rooms: new Map(next.rooms).set(next.room, opened) });
    } else this.#set(next);
  }

  readonly hear = (room: RoomId, message: ChatMessage): void => {
    this.#change(room, (state) => withMessages(state, [message], this.#me));
  };

  readonly hearTyping = (room: RoomId, typist: Typist): void => {
    if (typist.from === this.#me) return;
    this.#change(room, (state) => withTyping(state, typist, Date.now()));
    setTimeout(() => this.#change(room, (state) => withoutIdleTypists(state, Date.now())), TYPING_LASTS);
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
    const page = reply as RoomPage; // what our own server answers
    this.#change(room, (before) => {
      const { messages, earlier } = before;
      const isNew = messages.length === 0 || earlier.status === 'unknown';
      const knew = isNew ? withEarlier(before, { messages: [], hasEarlier: page.hasEarlier }) : before;
      const state =
        recovered === false ? withNewest(knew, page, this.#me) : withMessages(knew, page.messages, this.#me);
      return isFirst ? withAllSeen(state) : state; // what was said before we came is no news
    });
    for (const { after, status } of this.#roomOf(room).gaps) {
      if (status === 'open' || status === 'failed') void this.fillGap(room, after);
    }
  };

  /** Asks for what is missing in a gap, page by page from its end, until nothing is or the server has no more. */
  readonly fillGap = async (room: RoomId, after: number): Promise<void> => {
    const answer = this.#whileHere(room);
    answer((state) => withGap(state, { after, status: 'filling' }));
    const end = () => endOf(this.#roomOf(room), after);
    try {
      for (let before = end(); before !== undefined; before = end()) {
        const page = (await this.askEarlier({ room, before, count: MAX_PAGE })) as RoomPage; // what our own server answers
        answer((state) => withFilling(state, after, page, this.#me));
      }
    } catch (error) {
      answer((state) => withGap(state, { after, status: 'failed', reason: reasonOf(error) }));
    }
  };

  /** Asks for what was said before the first message that is here, unless that was done or there is nothing. */
  readonly loadEarlier = async (room: RoomId): Promise<void> => {
    const { messages, earlier } = this.#roomOf(room);
    const before = messages[0]?.at;
    if (before === undefined || (earlier.status !== 'more' && earlier.status !== 'failed')) return;
    const whileHere = this.#whileHere(room);
    const answer: typeof whileHere = (change) => {
      // What was forgotten here meanwhile would be missing in the middle.
      whileHere((state) => (state.messages[0]?.at === before ? change(state) : state));
    };
    answer((state) => ({ ...state, earlier: { status: 'loading' } }));
    try {
      const page = (await this.askEarlier({ room, before, count: PAGE })) as RoomPage; // what our own server answers
      answer((state) => withEarlier(state, page));
    } catch (error) {
      answer((state) => ({ ...state, earlier: { status: 'failed', reason: reasonOf(error) } }));
    }
  };

  /** Something is being written here: tells the others, now and then, if the line lets us. */
  readonly write = (room: RoomId, draft: string, send: SendTyping): void => {
    this.#change(room, (state) => ({ ...state, draft }));
    if (!draft.trim() || Date.now() - (this.#typingToldAt.get(room) ?? 0) < TYPING_NEWS) return;
    this.#typingToldAt.set(room, Date.now());
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

  /** Goes on with what an earlier page of this user could not deliver. */
  readonly resume = (room: RoomId, send: SendToRoom): void => {
    for (const draft of this.#roomOf(room).outgoing) {
      if (draft.failure === null && !this.#delivering.has(draft.id)) void this.#deliver(room, draft, send);
    }
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
    this.discard(room, id);
    this.#change(room, (state) => ({ ...state, draft }));
  };

  readonly discard = (room: RoomId, id: string): void => {
    this.outbox.remove(this.#me, id);
    this.#change(room, (state) => withoutOutgoing(state, id));
  };

  async #deliver(room: RoomId, { id, text }: Draft, send: SendToRoom): Promise<void> {
    const delivering = this.#delivering.add(id);
    this.outbox.add(this.#me, { room, id, text });
    try {
      await deliver(send, { id, text });
      if (delivering === this.#delivering) this.discard(room, id); // it came as a message before; if that was missed, it is no longer on its way either
    } catch (error) {
      if (delivering === this.#delivering) this.#change(room, (state) => withFailure(state, id, reasonOf(error)));
    } finally {
      delivering.delete(id);
    }
  }

  get #me(): string {
    return userOf(this.#state.name ?? '');
  }

  #textOf(room: RoomId, id: string): string {
    return this.#roomOf(room).outgoing.find((each) => each.id === id)?.text ?? '';
  }

  /** The rooms as somebody finds them who comes. */
  #roomsOf(name: string | null): ChatState['rooms'] {
    const rooms = new Map(NOBODY.rooms);
    for (const { room, ...draft } of name === null ? [] : this.outbox.of(userOf(name))) {
      rooms.set(room, withOutgoing(rooms.get(room) ?? EMPTY_ROOM, draft));
    }
    return rooms;
  }

  #roomOf(room: RoomId): RoomState {
    return this.#state.rooms.get(room) ?? EMPTY_ROOM;
  }

  #change(room: RoomId, change: (state: RoomState) => RoomState): void {
    this.#set({ ...this.#state, rooms: new Map(this.#state.rooms).set(room, change(this.#roomOf(room))) });
  }

  /** Changes a room for as long as nobody leaves: who left in between asked for nothing. */
  #whileHere(room: RoomId): (change: (state: RoomState) => RoomState) => void {
    const life = this.#delivering;
    return (change) => {
      if (life === this.#delivering) this.#change(room, change);
    };
  }

  #set(next: ChatState): void {
    const shown = next.rooms.get(next.room) ?? EMPTY_ROOM;
    this.#state = isSeen(next) ? { ...next, rooms: new Map(next.rooms).set(next.room, withAllSeen(shown)) } : next;
    for (const listener of this.#listeners) listener();
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Not `crypto.randomUUID`, which pages have only over https and on localhost. */
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
