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
  /** Absent where it may wait for ever, as most do: the clock is not asked then. */
  readonly expiresAt: number | undefined;
}

type Dropped<Out> = readonly [message: Out, reason: DropReason];

/** Who is told of messages that do not go out. */
interface QueueReport<Out> {
  drop(message: Out, reason: DropReason): 'dropped';
}

/** Messages that wait for the line, in the order in which they came. */
export class Queue<Out> implements ConnectionQueue<Out> {
  readonly #limits: QueueLimits | null;
  readonly #clock: Clock;
  readonly #report: QueueReport<Out>;
  readonly #waiting = new Fifo<Waiting<Out>>();
  #bytes = 0;
  #drained: (() => void)[] = [];

  /** @param limits `null`: nothing waits. */
  constructor(limits: QueueLimits | null, clock: Clock, report: QueueReport<Out>) {
    this.#limits = limits;
    this.#clock = clock;
    this.#report = report;
  }

  get size(): number {
    return this.#waiting.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws {QueueFullError} when full and `overflow` is `throw`. */
  push(message: Out, data: OutgoingData, bytes: number, ttl = this.#limits?.ttl ?? Infinity): 'queued' | 'dropped' {
    if (!this.#limits) return this.#report.drop(message, 'disabled');
    const { maxMessages, maxBytes, overflow } = this.#limits;
    const hasRoom = () => this.size < maxMessages && this.#bytes + bytes <= maxBytes;
    const mayEvict = overflow === 'drop-oldest' && bytes <= maxBytes;
    const dropped = this.#takeOut(
      (oldest) => !hasRoom() && (this.#isExpired(oldest) ? 'expired' : mayEvict && 'overflow'),
    );
    const fits = hasRoom();
    if (fits) {
      this.#bytes += bytes;
      this.#waiting.push({
        message,
        data: copyOf(data),
        bytes,
        expiresAt: ttl < Infinity ? this.#clock.now() + ttl : undefined,
      });
    }
    this.#tell(dropped); // only now that the message has its place: a listener may send
    if (fits) return 'queued';
    if (overflow === 'throw') throw new QueueFullError();
    return this.#report.drop(message, 'overflow');
  }

  /** Takes out the oldest message that has not expired; those that have are dropped on the way. */
  shift(): Waiting<Out> | undefined {
    this.#tell(this.#takeOut((oldest) => this.#isExpired(oldest) && 'expired'));
    const oldest = this.#take();
    this.#settle();
    return oldest;
  }

  clear = (): void => this.dropAll('cleared');

  dropAll(reason: DropReason): void {
    this.#tell(this.#takeOut(() => reason));
  }

  has = (message: Out): boolean => this.#waiting.toArray().some((waiting) => waiting.message === message);

  drain = (): Promise<void> =>
    new Promise((resolve) => {
      this.#drained.push(resolve);
      this.#settle();
    });

  #take(): Waiting<Out> | undefined {
    const oldest = this.#waiting.shift();
    if (oldest) this.#bytes -= oldest.bytes;
    return oldest;
  }

  /** Takes out messages, from the oldest on, for as long as there is a reason to drop them. */
  #takeOut(reasonFor: (oldest: Waiting<Out>) => DropReason | false): Dropped<Out>[] {
    const dropped: Dropped<Out>[] = [];
    for (let oldest = this.#waiting.peek(); oldest; oldest = this.#waiting.peek()) {
      const reason = reasonFor(oldest);
      if (!reason) break;
      dropped.push([oldest.message, reason]);
      this.#take();
    }
    return dropped;
  }

  #tell(dropped: Dropped<Out>[]): void {
    for (const [message, reason] of dropped) this.#report.drop(message, reason);
    this.#settle();
  }

  #settle(): void {
    if (!this.size) for (const resolve of this.#drained.splice(0)) resolve();
  }

  #isExpired({ expiresAt }: Waiting<Out>): boolean {
    return expiresAt !== undefined && expiresAt <= this.#clock.now();
  }
}

/** `WebSocket.send` copies at the call, so whoever sends may reuse the buffer. */
function copyOf(data: OutgoingData): OutgoingData {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return data instanceof ArrayBuffer ? data.slice(0) : data;
}
