import type { ServerStatus } from '@tautline-examples/shared';

/** How late everything is on a slow line, in milliseconds. Less than the dashboards' heartbeat timeout: slow is not dead. */
export const SLOW_BY = 1_200;

/** With what handshakes are refused. */
export type Refusal = '401 Unauthorized' | '503 Service Unavailable';

/** What is wrong with the line at the moment. */
export class Faults {
  #frozenUntil = 0;
  #slowUntil = 0;
  #refusal: Refusal | null = null;
  #refusedUntil = 0;

  constructor(private readonly now: () => number) {}

  freeze(seconds: number): void {
    this.#frozenUntil = this.now() + seconds * 1_000;
  }

  slow(seconds: number): void {
    this.#slowUntil = this.now() + seconds * 1_000;
  }

  refuse(refusal: Refusal, seconds: number): void {
    this.#refusal = refusal;
    this.#refusedUntil = this.now() + seconds * 1_000;
  }

  get frozen(): boolean {
    return this.now() < this.#frozenUntil;
  }

  /** By how many milliseconds everything is late; 0 on a healthy line. */
  get delay(): number {
    return this.now() < this.#slowUntil ? SLOW_BY : 0;
  }

  /** The status line that answers every handshake; `null` while they are taken. */
  get refusal(): Refusal | null {
    return this.now() < this.#refusedUntil ? this.#refusal : null;
  }

  /** The worst of it, in a word. */
  get condition(): ServerStatus['condition'] {
    if (this.frozen) return 'frozen';
    if (this.refusal) return 'refusing';
    return this.delay > 0 ? 'slow' : 'up';
  }
}
