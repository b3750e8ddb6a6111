/** A name from the wire, or a symbol of our own, which is none of those. */
export type Lane = string | symbol;

/**
 * Tasks of one key run one after another, those of different keys side by side: a channel whose
 * authorisation takes long keeps its own commands in order and nobody else's waiting.
 */
export class Lanes {
  readonly #tails = new Map<Lane, Promise<void>>();

  /** Runs at once if the lane is free. A task must not reject. */
  run(key: Lane, task: () => Promise<void>): void {
    const before = this.#tails.get(key);
    const tail: Promise<void> = (before ? before.then(task) : task()).then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    this.#tails.set(key, tail);
  }
}
