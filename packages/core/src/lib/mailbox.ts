/**
 * Run to completion: an event that arrives while another is being handled waits for its end, so
 * that a listener that calls back in never sees a half-made step.
 */
export abstract class Mailbox<E> {
  /** What is being handled, and what came meanwhile. Most have nothing to do, and there may be thousands. */
  #events: E[] | undefined;

  protected abstract handle(event: E): void;

  dispatch(event: E): void {
    if (this.#events?.push(event)) return;
    this.#events = [event];
    try {
      for (const next of this.#events) this.handle(next); // also what is pushed meanwhile
    } finally {
      this.#events = undefined;
    }
  }
}
