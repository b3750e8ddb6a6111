import { MAX_PAGE, messageKey, readText, type ChatMessage, type Draft, type RoomPage } from '@tautline-examples/shared';
import { Refusal } from '@tautline/server';

/** How many messages greet who comes. */
const SHOWN = 50;
/** How many messages are remembered: to be read again, and to know one that is sent again. */
const REMEMBERED = 2_000;
const ID = /^[\w-]{1,64}$/;

export interface Author {
  readonly user: string;
  readonly name: string;
}

/** What was said in a room. Knows no sockets. */
export class Room {
  /** Oldest first. */
  readonly #messages: ChatMessage[] = [];
  readonly #byKey = new Map<string, ChatMessage>();

  /**
   * What greets who comes: always up to date. The server writes it down in the very step in which it lets
   * somebody in, so no message falls between it and the first event.
   */
  readonly entry = { toJSON: (): RoomPage => this.#pageUpTo(this.#messages.length, SHOWN) };

  /**
   * Stamps what somebody posts. `isNew` is false for what was posted before: its reply was lost, and it was sent again.
   *
   * @throws {Refusal} that says what to write instead
   */
  post(payload: unknown, { user, name }: Author, now: number): { message: ChatMessage; isNew: boolean } {
    const { id, text } = readDraft(payload);
    const known = this.#byKey.get(messageKey({ from: user, id }));
    if (known) return { message: known, isNew: false };

    const last = this.#messages.at(-1)?.at ?? 0;
    const message: ChatMessage = { id, from: user, name, text, at: Math.max(now, last + 1) };
    this.#messages.push(message);
    this.#byKey.set(messageKey(message), message);
    const forgotten = this.#messages.length > REMEMBERED ? this.#messages.shift() : undefined;
    if (forgotten) this.#byKey.delete(messageKey(forgotten));
    return { message, isNew: true };
  }

  /**
   * What was said before a message: the page that ends there.
   *
   * @throws {Refusal} that says what to ask instead
   */
  earlier(payload: unknown): RoomPage {
    const { before, count } = readRequest(payload);
    const index = this.#messages.findIndex(({ at }) => at >= before);
    return this.#pageUpTo(index < 0 ? this.#messages.length : index, count);
  }

  #pageUpTo(end: number, count: number): RoomPage {
    const start = Math.max(0, end - count);
    return { messages: this.#messages.slice(start, end), hasEarlier: start > 0 };
  }
}

/** A message from outside, checked field by field. */
function readDraft(payload: unknown): Draft {
  const { id, text: input } = Object(payload) as Partial<Record<keyof Draft, unknown>>; // of anything else, nothing is read
  if (typeof id !== 'string' || !ID.test(id) || typeof input !== 'string')
    throw new Refusal(400, { message: 'Post { id, text }, with an id of 1 to 64 letters, digits and hyphens.' });
  const text = readText(input);
  if (text instanceof Error) throw new Refusal(400, { message: text.message });
  return { id, text };
}

function readRequest(payload: unknown): { before: number; count: number } {
  const { before, count } = Object(payload) as Partial<Record<'before' | 'count', unknown>>; // of anything else, nothing is read
  const isCount = typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MAX_PAGE;
  if (typeof before !== 'number' || !isCount)
    throw new Refusal(400, { message: `Ask { room, before, count }, with a count of 1 to ${MAX_PAGE}.` });
  return { before, count };
}
