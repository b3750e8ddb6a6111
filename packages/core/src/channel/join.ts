import type { JoinRequest } from '../session';

/** What a session is asked to join with. Its signal is made for who looks at it: it is heavier than all the rest of a channel. */
export class Join implements JoinRequest {
  params: unknown;
  position: unknown;
  isOver = false;
  #controller: AbortController | undefined;

  constructor(
    readonly ref: number,
    readonly topic: string,
  ) {}

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.isOver) this.#controller.abort(); // looked at for the first time too late
    return this.#controller.signal;
  }

  end(): void {
    this.isOver = true;
    this.#controller?.abort();
  }
}
