import type { Clock } from '../lib/clock';
import { Timer } from '../lib/timer';
import type { Limits } from '../limits';

/** What text is sent through. */
export interface Sink {
  /** Text that was sent but has not left yet, in bytes. */
  readonly bufferedBytes: number;
  send(frame: string): void;
}

interface OutletContext {
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'maxBufferedBytes' | 'slowTimeout'>;
  /** The peer reads too slowly. Never called while something is sent. */
  readonly giveUp: () => void;
}

/** How many times `maxBufferedBytes` may wait to be sent, however short the time. */
const FLOOD = 16;

/** Sends to a peer for as long as it reads. */
export class Outlet {
  readonly #sink: Sink;
  readonly #context: OutletContext;
  readonly #slow: Timer;
  /** `flooded`: more waits than may, and what came after it was dropped: the peer is about to be given up. */
  #pace: 'keeps-up' | 'slow' | 'flooded' = 'keeps-up';

  constructor(sink: Sink, context: OutletContext) {
    this.#sink = sink;
    this.#context = context;
    this.#slow = new Timer(context.clock, () => this.#judge());
  }

  send(frame: string): void {
    if (this.#pace === 'flooded') return;
    const { maxBufferedBytes, slowTimeout } = this.#context.limits;
    if (this.#sink.bufferedBytes > maxBufferedBytes * FLOOD) return this.#drown();
    this.#sink.send(frame);
    if (this.#pace === 'slow' || this.#sink.bufferedBytes <= maxBufferedBytes) return;
    this.#pace = 'slow';
    this.#slow.set(slowTimeout);
  }

  /** Nobody is given up any more. */
  stop(): void {
    this.#slow.clear();
  }

  /** Not at once: whoever sends may be in the middle of telling others too. */
  #drown(): void {
    this.#pace = 'flooded';
    queueMicrotask(this.#context.giveUp);
  }

  #judge(): void {
    this.#pace = 'keeps-up';
    if (this.#sink.bufferedBytes > this.#context.limits.maxBufferedBytes) this.#context.giveUp();
  }
}
