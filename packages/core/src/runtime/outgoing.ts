import { byteLength } from '../lib/byteLength';
import type { MachineEvent } from '../machine/events';
import type { State } from '../machine/state';
import type { ResolvedOptions } from '../options';
import type { DropReason, OutgoingData, SendOptions, SendResult, WebSocketLike } from '../types';
import { OPEN } from './closeSocket';
import type { Queue } from './queue';

/** For how long is flushed before others get the thread, in milliseconds, where somebody sees the frames that wait for it. */
const FLUSH_TIME = 8;

/** How often a socket that holds enough unsent bytes is asked again, in milliseconds; no event says when it has room. */
export const ROOM_POLL = 20;

/** Who sends. */
export interface Sender<In, Out> {
  readonly options: ResolvedOptions<In, Out>;
  readonly queue: Queue<Out>;
  readonly state: State;
  /** The line of the state, if it has one. */
  readonly line: { readonly socket: WebSocketLike | undefined } | undefined;
  dispatch(event: MachineEvent): void;
  /** Told of messages that do not go out. */
  drop(message: Out, reason: DropReason): 'dropped';
  refuse(direction: 'outgoing', message: unknown, cause: unknown): void;
}

/** The way out: codec, then the socket if it has room, else the queue. */
export function send<In, Out>(sender: Sender<In, Out>, message: Out, given?: SendOptions): SendResult {
  const { queue, options } = sender;
  if (sender.state.name === 'disposed') return sender.drop(message, 'disposed');
  let data: OutgoingData;
  try {
    data = options.codec.encode(message);
    // What has no length is no data: an object that no codec made text of. Text is measured only where it waits.
    if (typeof data !== 'string' && !(byteLength(data) >= 0)) return refuse(sender, message, data);
  } catch (cause) {
    return refuse(sender, message, cause);
  }
  const isNext = !queue.size && socketOf(sender);
  if (isNext && hasRoom(sender)) return transmit(sender, message, data);
  if (given?.volatile) return sender.drop(message, 'volatile');
  // Nowhere to wait but in the platform: with `queue: false`, or for one larger than the whole queue.
  if (isNext && !(options.queue && byteLength(data) <= options.queue.maxBytes)) return transmit(sender, message, data);
  const result = queue.push(message, data, given?.ttl);
  if (result === 'queued') pauseFlush(sender, ROOM_POLL);
  return result;
}

/** Sends what waits, as far as there is room. */
export function flush<In, Out>(sender: Sender<In, Out>): void {
  const { queue } = sender;
  const { environment } = sender.options;
  const until = environment.isHidden() ? Infinity : environment.now() + FLUSH_TIME;
  for (let sent = 1; queue.size; sent++) {
    if (!hasRoom(sender)) return pauseFlush(sender, ROOM_POLL);
    if (sent % 100 === 0 && environment.now() > until) return pauseFlush(sender, 0);
    const next = queue.shift();
    if (next) transmit(sender, next.message, next.data);
  }
}

export function ping<In, Out>(sender: Sender<In, Out>): void {
  const { codec, heartbeat } = sender.options;
  const message = heartbeat?.message as Out | (() => Out); // there is one: only a heartbeat pings
  try {
    socketOf(sender)?.send(codec.encode(typeof message === 'function' ? (message as () => Out)() : message));
  } catch (cause) {
    sender.refuse('outgoing', message, cause);
  }
}

/** Whether a message would go out at once. */
export function hasRoom<In, Out>(sender: Sender<In, Out>): boolean {
  const socket = socketOf(sender);
  return !!socket && (socket.bufferedAmount ?? 0) < sender.options.highWaterMark;
}

/** Where `send` would reach the network; a socket that is closing swallows what it is given. */
function socketOf<In, Out>({ state, line }: Sender<In, Out>): WebSocketLike | undefined {
  return state.name === 'open' && line?.socket?.readyState === OPEN ? line.socket : undefined;
}

function transmit<In, Out>(sender: Sender<In, Out>, message: Out, data: OutgoingData): SendResult {
  try {
    sender.line?.socket?.send(data);
    return 'sent';
  } catch (cause) {
    return refuse(sender, message, cause);
  }
}

function refuse<In, Out>(sender: Sender<In, Out>, message: Out, cause: unknown): 'dropped' {
  sender.refuse('outgoing', message, cause);
  return sender.drop(message, 'invalid');
}

function pauseFlush<In, Out>(sender: Sender<In, Out>, delay: number): void {
  const { state } = sender;
  if (state.name === 'open' && state.flushAt === Infinity) sender.dispatch({ type: 'flush-paused', delay });
}
