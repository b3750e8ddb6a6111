import {
  createFeed,
  IDLE_SNAPSHOT,
  latest as latestMessage,
  type Connection,
  type ConnectionPool,
} from '@tautline/core';
import { connectionOf } from './connectionOf';
import { createSelection } from './selection';
import { createTracked } from './tracked';
import type { Address, UseWebSocketOptions, UseWebSocketResult } from './types';

type Result<In, Out, T> = UseWebSocketResult<In, Out, T, Connection<In, Out> | null>;

/** What one component has of one connection: its view of the state, its messages, its wish for the line. */
export interface Attachment<In, Out, S, T> {
  subscribe(listener: () => void): () => void;
  /** The state now; the same object until something changes that was read from it. */
  show(options: Pick<UseWebSocketOptions<In, Out, unknown, S, T>, 'select' | 'isEqual'>): Result<In, Out, T>;
  /** The state before anything happened, which is what a server renders. */
  showInitial(options: Pick<UseWebSocketOptions<In, Out, unknown, S, T>, 'select' | 'isEqual'>): Result<In, Out, T>;
  /** Hands in what was rendered last. */
  update(target: Address | Connection<In, Out> | null, options: UseWebSocketOptions<In, Out, unknown, S, T>): void;
  /** Listens, and asks for the line if `enabled`; returns what ends both. */
  mount(enabled: boolean): () => void;
}

/** Opens nothing and starts nothing: a render may be thrown away. */
export function attach<In, Out, S, T>(
  target: Address | Connection<In, Out> | null,
  options: UseWebSocketOptions<In, Out, unknown, S, T>,
  pool: ConnectionPool,
): Attachment<In, Out, S, T> {
  let latest = { target, options };

  const connection = connectionOf(target, () => latest, pool);
  const line = connection ?? (NO_CONNECTION as unknown as Connection<In, Out>); // has all that is used here
  const feed = createFeed(
    { on: (event, listener: (message: In) => void) => line.on(event, listener), retain: () => noop },
    options.collect ?? (latestMessage<In>() as NonNullable<typeof options.collect>), // S is this collector's state when none is given
    { flush: options.flush ?? 'frame' },
  );
  const initial = feed.getSnapshot();
  const part = createSelection();

  let release: (() => void) | undefined;
  let isUnmounted = false;
  /** The line is held at most once, and never for a component that is gone. */
  const hold = () => {
    if (!isUnmounted) release ??= line.retain();
    return !isUnmounted;
  };
  const common = {
    connection,
    send: line.send,
    disconnect: line.disconnect,
    connect: () => {
      if (hold()) line.connect();
    },
    reconnect: () => {
      if (hold()) line.reconnect();
    },
  };
  const track = createTracked<Result<In, Out, T>>();

  return {
    subscribe(listener) {
      const stops = [line.subscribe(listener), feed.subscribe(listener)];
      return () => stops.forEach((stop) => stop());
    },
    show: ({ select, isEqual }) =>
      track({ ...common, ...line.getSnapshot(), data: part(feed.getSnapshot(), select, isEqual) }),
    showInitial: ({ select, isEqual }) => track({ ...common, ...IDLE_SNAPSHOT, data: part(initial, select, isEqual) }),
    update(target, options) {
      latest = { target, options };
    },
    mount(enabled) {
      isUnmounted = false;
      const stop = line.on('message', (message) => latest.options.onMessage?.(message));
      if (enabled) hold();
      return () => {
        stop();
        release?.();
        release = undefined;
        isUnmounted = true;
      };
    },
  };
}

const noop = () => {};

/** Stands for `null`, so that a hook need not ask at every step. */
const NO_CONNECTION = {
  getSnapshot: () => IDLE_SNAPSHOT,
  subscribe: () => noop,
  on: () => noop,
  retain: () => noop,
  connect: noop,
  disconnect: noop,
  reconnect: noop,
  send: () => 'dropped',
};
