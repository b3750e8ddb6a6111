import { byteLength } from '../lib/byteLength';
import type { ResolvedOptions } from '../options';
import type { DropReason, OutgoingData, SendOptions, SendResult } from '../types';
import { OPEN } from './closeSocket';
import type { Interpreter } from './interpreter';
import type { Line } from './line';
import { Queue } from './queue';

/** How many messages are flushed before others get the thread. */
const FLUSH_SLICE = 5_000;

/** How often a socket that holds enough unsent bytes is asked again, in milliseconds; no event says when it has room. */
const ROOM_POLL = 20;

export interface Outgoing<Out> {
  readonly queue: Queue<Out>;
  /** Whether a message would go out at once. */
  hasRoom(): boolean;
  send(message: Out, options: SendOptions): SendResult;
  flush(): void;
  ping(): void;
}

/** What is told of messages that do not go out. */
export interface OutgoingReport<Out> {
  drop(message: Out, reason: DropReason): 'dropped';
  refuse(direction: 'outgoing', message: unknown, cause: unknown): void;
}

/** The way out: codec, then the socket if it has room, else the queue. */
export function createOutgoing<In, Out>(
  options: ResolvedOptions<In, Out>,
  machine: Interpreter<Pick<Line, 'socket'>>,
  { drop, refuse }: OutgoingReport<Out>,
): Outgoing<Out> {
  const { codec, heartbeat, highWaterMark } = options;
  const queue = new Queue<Out>(options.queue, options.environment, drop);

  /** Whether `send` would reach the network; a socket that is closing swallows what it is given. */
  const isUp = () => machine.state.name === 'open' && machine.line?.socket?.readyState === OPEN;
  const hasRoom = () => isUp() && (machine.line?.socket?.bufferedAmount ?? 0) < highWaterMark;

  /** Runs what may fail on a bad message; `undefined` when it did. */
  const attempt = <T>(message: unknown, run: () => T): T | undefined => {
    try {
      return run();
    } catch (cause) {
      refuse('outgoing', message, cause);
      return undefined;
    }
  };
  const encode = (message: Out) => {
    const data = codec.encode(message);
    if (typeof data !== 'string') byteLength(data); // throws for what is no data; text is measured only where it waits
    return data;
  };
  const transmit = (message: Out, data: OutgoingData): SendResult =>
    attempt(message, () => {
      machine.line?.socket?.send(data);
      return 'sent';
    }) ?? drop(message, 'invalid');

  const pauseFlush = (delay: number) => {
    const { state, dispatch } = machine;
    if (state.name === 'open' && state.flushAt === Infinity) dispatch({ type: 'flush-paused', delay });
  };

  return {
    queue,
    hasRoom,

    send(message, { volatile, ttl }) {
      if (machine.state.name === 'disposed') return drop(message, 'disposed');
      const data = attempt(message, () => encode(message));
      if (data === undefined) return drop(message, 'invalid');
      if (!queue.size && hasRoom()) return transmit(message, data);
      if (volatile) return drop(message, 'volatile');
      // Nowhere to wait but in the platform: with `queue: false`, or for one larger than the whole queue.
      const bytes = byteLength(data);
      const fits = options.queue && bytes <= options.queue.maxBytes;
      if (!fits && !queue.size && isUp()) return transmit(message, data);
      const result = queue.push(message, data, bytes, ttl);
      if (result === 'queued') pauseFlush(ROOM_POLL);
      return result;
    },

    flush() {
      for (let sent = 0; queue.size; sent++) {
        if (!hasRoom()) return pauseFlush(ROOM_POLL);
        if (sent === FLUSH_SLICE) return pauseFlush(0);
        const next = queue.shift();
        if (next) transmit(next.message, next.data);
      }
    },

    ping() {
      const message = heartbeat?.message as Out | (() => Out); // there is one: only a heartbeat pings
      if (isUp())
        attempt(message, () => machine.line?.socket?.send(codec.encode(isMaker(message) ? message() : message)));
    },
  };
}

const isMaker = <T>(message: T | (() => T)): message is () => T => typeof message === 'function';
