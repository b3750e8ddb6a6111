/**
 * Run to completion: an event that arrives while another is being handled waits for its end, so
 * that a listener that calls back in never sees a half-made step.
 */
export abstract class Mailbox<E> {
  /** Made while there is something to handle: there may be thousands of mailboxes, and most are empty. */
  #waiting: E[] | undefined;
  #isBusy = false;

  protected abstract handle(event: E): void;

  dispatch(event: E): void {
    const waiting = (this.#waiting ??= []);
    waiting.push(event);
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) this.handle(next);
      this.#waiting = undefined;
    } finally {
      this.#isBusy = false;
    }
  }
}
