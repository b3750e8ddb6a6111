import { messageKey, readText, type ChatMessage, type Draft, type RoomEntry } from '@tautline-examples/shared';
import { Refusal } from '@tautline/server';

/** How many messages greet who comes. */
const SHOWN = 50;
/** How many messages are remembered, to know one that comes again. */
const REMEMBERED = 1_000;
const ID = /^[\w-]{1,64}$/;

export interface Author {
  readonly user: string;
  readonly name: string;
}

/** What was said in a room. Knows no sockets. */
export class Room {
  readonly #messages: ChatMessage[] = [];
  readonly #byKey = new Map<string, ChatMessage>();

  /**
   * What greets who comes: always up to date. The server writes it down in the very step in which it lets
   * somebody in, so no message falls between it and the first event.
   */
  readonly entry: RoomEntry = { messages: this.#messages };

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
    if (this.#messages.length > SHOWN) this.#messages.shift();
    this.#remember(message);
    return { message, isNew: true };
  }

  #remember(message: ChatMessage): void {
    this.#byKey.set(messageKey(message), message);
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > REMEMBERED && oldest) this.#byKey.delete(oldest);
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
