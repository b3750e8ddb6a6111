import type { Socket } from 'node:net';

/** Holds back what goes over a socket, both ways, and keeps the socket open. */
export class Valve {
  /** Resolves when the socket is gone, however that came. */
  readonly closed: Promise<void>;
  #isShut = false;
  #openedAt = 0;

  constructor(readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  /** Shuts or opens it: on a slow line it opens once in every `delay` milliseconds, and all that waited passes at once. */
  turn(now: number, { frozen, delay }: { readonly frozen: boolean; readonly delay: number }): void {
    const isShut = frozen || now - this.#openedAt < delay;
    if (!isShut) this.#openedAt = now;
    if (isShut === this.#isShut) return;
    this.#isShut = isShut;
    if (isShut) {
      this.socket.pause();
      this.socket.cork();
    } else {
      this.socket.uncork();
      this.socket.resume();
    }
  }
}
