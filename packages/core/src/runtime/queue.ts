import { QueueFullError } from '../errors';
import type { Clock } from '../lib/clock';
import { Fifo } from '../lib/fifo';
import type { ConnectionQueue, DropReason, OutgoingData } from '../types';

/** The resolved `queue` option. */
export interface QueueLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly overflow: 'drop-newest' | 'drop-oldest' | 'throw';
  readonly ttl: number;
}

/** A message that waits: as it was given, to report it, and as it will be sent. */
interface Waiting<Out> {
  readonly message: Out;
  readonly data: OutgoingData;
  readonly bytes: number;
  readonly expiresAt: number;
}

/** Messages that wait for the line, in the order in which they came. */
export class Queue<Out> implements ConnectionQueue<Out> {
  readonly #limits: QueueLimits;
  readonly #clock: Clock;
  readonly #drop: (message: Out, reason: DropReason) => void;
  readonly #waiting = new Fifo<Waiting<Out>>();
  #bytes = 0;
  #drained: (() => void)[] = [];

  constructor(limits: QueueLimits, clock: Clock, drop: (message: Out, reason: DropReason) => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#drop = drop;
  }

  get size(): number {
    return this.#waiting.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws {QueueFullError} when full and `overflow` is `throw`. */
  push(message: Out, data: OutgoingData, bytes: number, ttl: number = this.#limits.ttl): 'queued' | 'dropped' {
    const { maxBytes, overflow } = this.#limits;
    const expired = this.#takeWhile((oldest) => !this.#hasRoom(bytes) && this.#isExpired(oldest));
    const mayEvict = overflow === 'drop-oldest' && bytes <= maxBytes;
    const oldest = this.#takeWhile(() => mayEvict && !this.#hasRoom(bytes));
    const fits = this.#hasRoom(bytes);
    if (fits) {
      this.#bytes += bytes;
      this.#waiting.push({
        message,
        data: copyOf(data),
        bytes,
        expiresAt: ttl < Infinity ? this.#clock.now() + ttl : ttl,
      });
    }
    // Only now that the message has its place: a listener may send.
    this.#report(expired, 'expired');
    this.#report(oldest, 'overflow');
    if (fits) return 'queued';
    if (overflow === 'throw') throw new QueueFullError();
    this.#drop(message, 'overflow');
    return 'dropped';
  }

  /** Takes out the oldest message that has not expired; those that have are dropped on the way. */
  shift(): Waiting<Out> | undefined {
    this.#report(this.#takeWhile(this.#isExpired), 'expired');
    const oldest = this.#take();
    this.#settle();
    return oldest;
  }

  clear = (): void => this.dropAll('cleared');

  dropAll(reason: DropReason): void {
    this.#report(
      this.#takeWhile(() => true),
      reason,
    );
  }

  has = (message: Out): boolean => this.#waiting.toArray().some((waiting) => waiting.message === message);

  drain = (): Promise<void> =>
    this.size ? new Promise<void>((resolve) => this.#drained.push(resolve)) : Promise.resolve();

  #hasRoom(bytes: number): boolean {
    return this.size < this.#limits.maxMessages && this.#bytes + bytes <= this.#limits.maxBytes;
  }

  #take(): Waiting<Out> | undefined {
    const oldest = this.#waiting.shift();
    if (oldest) this.#bytes -= oldest.bytes;
    return oldest;
  }

  /** Takes out messages, from the oldest on, for as long as they are due. */
  #takeWhile(isDue: (oldest: Waiting<Out>) => boolean): Waiting<Out>[] {
    const taken: Waiting<Out>[] = [];
    for (let oldest = this.#waiting.peek(); oldest && isDue(oldest); oldest = this.#waiting.peek()) {
      taken.push(oldest);
      this.#take();
    }
    return taken;
  }

  #report(taken: Waiting<Out>[], reason: DropReason): void {
    for (const { message } of taken) this.#drop(message, reason);
    this.#settle();
  }

  #settle(): void {
    if (!this.size) for (const resolve of this.#drained.splice(0)) resolve();
  }

  #isExpired = ({ expiresAt }: Waiting<Out>): boolean => expiresAt < Infinity && expiresAt <= this.#clock.now();
}

/** `WebSocket.send` copies at the call, so whoever sends may reuse the buffer. */
function copyOf(data: OutgoingData): OutgoingData {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return data instanceof ArrayBuffer ? data.slice(0) : data;
}
