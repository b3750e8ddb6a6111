import type { Limits } from '../limits';

/** How many messages of `maxPayload` may wait; of shorter ones there may be more. */
const MAX_MESSAGES = 16;

/** What a client sent that still waits, for hooks or until it is known who it is: bounded by number and by length. */
export class Backlog {
  readonly #limits: Pick<Limits, 'maxPayload' | 'pendingCommands'>;
  #count = 0;
  #length = 0;

  constructor(limits: Pick<Limits, 'maxPayload' | 'pendingCommands'>) {
    this.#limits = limits;
  }

  /** Returns whether there was room for a command. */
  enter({ length }: { readonly length: number }): boolean {
    const { maxPayload, pendingCommands } = this.#limits;
    if (this.#count >= pendingCommands || this.#length + length > maxPayload * MAX_MESSAGES) return false;
    this.#count++;
    this.#length += length;
    return true;
  }

  leave({ length }: { readonly length: number }): void {
    this.#count--;
    this.#length -= length;
  }
}
