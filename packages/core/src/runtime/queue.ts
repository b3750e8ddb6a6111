import type { Clock } from '../lib/clock';
import { byteLength } from '../lib/byteLength';
import { createRingBuffer } from '../lib/ringBuffer';
import { QueueFullError } from '../errors';
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

export interface OutgoingQueue<Out> extends ConnectionQueue {
  /** @throws {QueueFullError} when full and `overflow` is `throw`. */
  push(message: Out, data: OutgoingData, ttl?: number): 'queued' | 'dropped';
  /** Takes out the oldest message that has not expired; those that have are dropped on the way. */
  shift(): Waiting<Out> | undefined;
  clear(reason?: DropReason): void;
}

export function createQueue<Out>(
  limits: QueueLimits,
  clock: Clock,
  drop: (message: Out, reason: DropReason) => void,
): OutgoingQueue<Out> {
  const waiting = createRingBuffer<Waiting<Out>>();
  let bytes = 0;
  let drained: (() => void)[] = [];

  const take = () => {
    const oldest = waiting.shift();
    if (oldest) bytes -= oldest.bytes;
    if (!waiting.size) {
      const resolved = drained;
      drained = [];
      resolved.forEach((resolve) => resolve());
    }
    return oldest;
  };
  const dropOldest = (reason: DropReason) => {
    const oldest = take();
    if (oldest) drop(oldest.message, reason);
  };
  const dropExpired = () => {
    for (let oldest = waiting.peek(); oldest && oldest.expiresAt <= clock.now(); oldest = waiting.peek())
      dropOldest('expired');
  };

  return {
    get size() {
      return waiting.size;
    },
    get bytes() {
      return bytes;
    },

    push(message, data, ttl = limits.ttl) {
      const size = byteLength(data);
      const isFull = () => waiting.size >= limits.maxMessages || bytes + size > limits.maxBytes;
      if (isFull()) dropExpired();
      if (limits.overflow === 'drop-oldest' && size <= limits.maxBytes)
        while (waiting.size && isFull()) dropOldest('overflow');
      if (isFull()) {
        if (limits.overflow === 'throw') throw new QueueFullError();
        drop(message, 'overflow');
        return 'dropped';
      }
      bytes += size;
      waiting.push({ message, data, bytes: size, expiresAt: clock.now() + ttl });
      return 'queued';
    },

    shift() {
      dropExpired();
      return take();
    },

    clear(reason = 'cleared') {
      while (waiting.size) dropOldest(reason);
    },

    drain: () => (waiting.size ? new Promise<void>((resolve) => drained.push(resolve)) : Promise.resolve()),
  };
}
