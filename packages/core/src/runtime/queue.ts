import { QueueFullError } from '../errors';
import { byteLength } from '../lib/byteLength';
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

/** A message as it was given, to report it, and as it will be sent. */
interface Outgoing<Out> {
  readonly message: Out;
  readonly data: OutgoingData;
}

interface Waiting<Out> extends Outgoing<Out> {
  readonly expiresAt: number;
}

/** Text that goes out as it was given, and may wait for ever, needs no object around it. */
type Entry<Out> = string | Waiting<Out>;

type Dropped<Out> = readonly [message: Out, reason: DropReason];

/** For whom messages wait. */
interface QueueOwner<Out> {
  /** `queue: null`: nothing waits. */
  readonly options: { readonly queue: QueueLimits | null; readonly environment: Clock };
  /** Told of messages that do not go out. */
  drop(message: Out, reason: DropReason): 'dropped';
}

/** Messages that wait for the line, in the order in which they came. */
export class Queue<Out> implements ConnectionQueue<Out> {
  readonly #owner: QueueOwner<Out>;
  readonly #waiting = new Fifo<Entry<Out>>();
  /** Bytes of the oldest, as far as they are counted; of the others, the most they can have. */
  #bytes = 0;
  #counted = 0;
  #drained: (() => void)[] = [];

  constructor(owner: QueueOwner<Out>) {
    this.#owner = owner;
  }

  get size(): number {
    return this.#waiting.size;
  }

  get bytes(): number {
    for (const entry of this.#waiting.toArray(this.#counted)) {
      const { data } = toOutgoing(entry);
      this.#bytes += byteLength(data) - mostBytes(data);
    }
    this.#counted = this.size;
    return this.#bytes;
  }

  /** @throws {QueueFullError} when full and `overflow` is `throw`. */
  push(message: Out, data: OutgoingData, given?: number): 'queued' | 'dropped' {
    const limits = this.#owner.options.queue;
    if (!limits) return this.#owner.drop(message, 'disabled');
    const ttl = given ?? limits.ttl;
    // Counting takes longer than all else, so it waits until the bound is near.
    let fits = this.size < limits.maxMessages && this.#bytes + mostBytes(data) <= limits.maxBytes;
    let dropped: Dropped<Out>[] = [];
    if (!fits) {
      const bytes = byteLength(data);
      const hasRoom = () => this.size < limits.maxMessages && this.bytes + bytes <= limits.maxBytes;
      const mayEvict = limits.overflow === 'drop-oldest' && bytes <= limits.maxBytes;
      dropped = this.#takeOut((oldest) => !hasRoom() && (this.#isExpired(oldest) ? 'expired' : mayEvict && 'overflow'));
      fits = hasRoom();
    }
    if (fits) {
      this.#bytes += mostBytes(data);
      const isBare = typeof data === 'string' && data === message && ttl === Infinity;
      this.#waiting.push(
        isBare ? data : { message, data: copyOf(data), expiresAt: this.#owner.options.environment.now() + ttl },
      );
    }
    if (dropped.length) this.#tell(dropped); // only now that the message has its place: a listener may send
    if (fits) return 'queued';
    if (limits.overflow === 'throw') throw new QueueFullError();
    return this.#owner.drop(message, 'overflow');
  }

  /** Takes out the oldest message that has not expired; those that have are dropped on the way. */
  shift(): Outgoing<Out> | undefined {
    if (this.#isExpired(this.#waiting.peek())) {
      this.#tell(this.#takeOut((oldest) => this.#isExpired(oldest) && 'expired'));
    }
    const oldest = this.size ? this.#take() : undefined;
    this.#settle();
    return oldest;
  }

  clear = (): void => this.dropAll('cleared');

  dropAll(reason: DropReason): void {
    this.#tell(this.#takeOut(() => reason));
  }

  has = (message: Out): boolean => this.#waiting.toArray().some((entry) => toOutgoing(entry).message === message);

  drain = (): Promise<void> =>
    new Promise((resolve) => {
      this.#drained.push(resolve);
      this.#settle();
    });

  #take(): Outgoing<Out> {
    const oldest = toOutgoing(this.#waiting.shift() as Entry<Out>); // who takes knows that there is one
    this.#bytes -= (this.#counted && this.#counted-- ? byteLength : mostBytes)(oldest.data);
    return oldest;
  }

  /** Takes out messages, from the oldest on, for as long as there is a reason to drop them. */
  #takeOut(reasonFor: (oldest: Entry<Out>) => DropReason | false): Dropped<Out>[] {
    const dropped: Dropped<Out>[] = [];
    while (this.size) {
      const reason = reasonFor(this.#waiting.peek() as Entry<Out>);
      if (!reason) break;
      dropped.push([this.#take().message, reason]);
    }
    return dropped;
  }

  #tell(dropped: Dropped<Out>[]): void {
    for (const [message, reason] of dropped) this.#owner.drop(message, reason);
    this.#settle();
  }

  #settle(): void {
    if (!this.size) for (const resolve of this.#drained.splice(0)) resolve();
  }

  #isExpired(entry: Entry<Out> | undefined): boolean {
    return typeof entry === 'object' && entry.expiresAt <= this.#owner.options.environment.now();
  }
}

const toOutgoing = <Out>(entry: Entry<Out>): Outgoing<Out> =>
  typeof entry === 'string' ? { message: entry as Out, data: entry } : entry; // given as `Out`

/** The most that `data` can have, known without looking at it: a unit of text becomes 3 bytes at most. */
const mostBytes = (data: OutgoingData): number => (typeof data === 'string' ? 3 * data.length : byteLength(data));

/** `WebSocket.send` copies at the call, so whoever sends may reuse the buffer. */
function copyOf(data: OutgoingData): OutgoingData {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return data instanceof ArrayBuffer ? data.slice(0) : data;
}
