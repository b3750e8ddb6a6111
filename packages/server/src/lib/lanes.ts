/**
 * Tasks of one key run one after another, those of different keys side by side: a channel whose
 * authorisation takes long keeps its own commands in order and nobody else's waiting.
 */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();
  #size = 0;

  /** How many tasks run or wait. */
  get size(): number {
    return this.#size;
  }

  /** Runs at once if the lane is free. A task must not reject. */
  run(key: string, task: () => Promise<void>): void {
    this.#size++;
    const before = this.#tails.get(key);
    const tail: Promise<void> = (before ? before.then(task) : task()).then(() => {
      this.#size--;
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    this.#tails.set(key, tail);
  }
}
