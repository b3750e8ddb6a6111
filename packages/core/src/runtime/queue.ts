import { QueueFullError } from '../errors';
import { byteLength } from '../lib/byteLength';
import type { Clock } from '../lib/clock';
import { RingBuffer } from '../lib/ringBuffer';
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
export class Queue<Out> implements ConnectionQueue {
  readonly #limits: QueueLimits;
  readonly #clock: Clock;
  readonly #drop: (message: Out, reason: DropReason) => void;
  readonly #waiting = new RingBuffer<Waiting<Out>>();
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
  push(message: Out, data: OutgoingData, ttl: number = this.#limits.ttl): 'queued' | 'dropped' {
    const { maxBytes, overflow } = this.#limits;
    const bytes = byteLength(data);
    if (!this.#hasRoom(bytes)) this.#dropExpired();
    if (overflow === 'drop-oldest' && bytes <= maxBytes) {
      while (this.size && !this.#hasRoom(bytes)) this.#dropOldest('overflow');
    }
    if (!this.#hasRoom(bytes)) {
      if (overflow === 'throw') throw new QueueFullError();
      this.#drop(message, 'overflow');
      return 'dropped';
    }
    this.#bytes += bytes;
    this.#waiting.push({ message, data, bytes, expiresAt: ttl < Infinity ? this.#clock.now() + ttl : ttl });
    return 'queued';
  }

  /** Takes out the oldest message that has not expired; those that have are dropped on the way. */
  shift(): Waiting<Out> | undefined {
    this.#dropExpired();
    return this.#take();
  }

  clear = (reason: DropReason = 'cleared'): void => {
    while (this.size) this.#dropOldest(reason);
  };

  drain = (): Promise<void> =>
    this.size ? new Promise<void>((resolve) => this.#drained.push(resolve)) : Promise.resolve();

  #hasRoom(bytes: number): boolean {
    return this.size < this.#limits.maxMessages && this.#bytes + bytes <= this.#limits.maxBytes;
  }

  #take(): Waiting<Out> | undefined {
    const oldest = this.#waiting.shift();
    if (oldest) this.#bytes -= oldest.bytes;
    if (!this.size) for (const resolve of this.#drained.splice(0)) resolve();
    return oldest;
  }

  #dropOldest(reason: DropReason): void {
    const oldest = this.#take();
    if (oldest) this.#drop(oldest.message, reason);
  }

  #dropExpired(): void {
    const isExpired = ({ expiresAt }: Waiting<Out>) => expiresAt < Infinity && expiresAt <= this.#clock.now();
    for (let oldest = this.#waiting.peek(); oldest && isExpired(oldest); oldest = this.#waiting.peek()) {
      this.#dropOldest('expired');
    }
  }
}
