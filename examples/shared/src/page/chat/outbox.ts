import { ROOMS, type Draft, type RoomId } from '../../chat/protocol';
import { MAX_TYPED } from './composing';

/** A message of mine that the server has not confirmed, and where it is to go. */
export interface PendingDraft extends Draft {
  readonly room: RoomId;
}

/** How many messages of a user are kept; the newest. */
const KEPT = 50;
const ID = /^[\w-]{1,64}$/;

/**
 * What each user still has to say, kept where a reload of the page does not lose it. A message that arrived before
 * the page learned of it is sent again from here: with the id it had, so it is published once.
 */
export class Outbox {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  /** In the order in which they were written. Whatever else lies in the storage under this name is not read. */
  of(user: string): readonly PendingDraft[] {
    try {
      const found: unknown = JSON.parse(this.storage.getItem(keyOf(user)) ?? '[]');
      return Array.isArray(found) ? found.filter(isPendingDraft) : [];
    } catch {
      return [];
    }
  }

  add(user: string, draft: PendingDraft): void {
    this.#keep(user, [...this.of(user).filter(({ id }) => id !== draft.id), draft].slice(-KEPT));
  }

  remove(user: string, id: string): void {
    const drafts = this.of(user);
    if (drafts.some((draft) => draft.id === id))
      this.#keep(
        user,
        drafts.filter((draft) => draft.id !== id),
      );
  }

  #keep(user: string, drafts: readonly PendingDraft[]): void {
    try {
      if (drafts.length === 0) this.storage.removeItem(keyOf(user));
      else this.storage.setItem(keyOf(user), JSON.stringify(drafts));
    } catch {
      // The storage is full, or not for us: then the message lives as long as the page.
    }
  }
}

const keyOf = (user: string): string => `tautline-chat-outbox ${user}`;

function isPendingDraft(found: unknown): found is PendingDraft {
  const { room, id, text } = Object(found) as Partial<Record<keyof PendingDraft, unknown>>; // of anything else, nothing is read
  const isText = typeof text === 'string' && text.length <= MAX_TYPED;
  return ROOMS.some((known) => known === room) && typeof id === 'string' && ID.test(id) && isText;
}
