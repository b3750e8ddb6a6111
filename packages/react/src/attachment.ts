import {
  createFeed,
  IDLE_SNAPSHOT,
  latest as latestMessage,
  type Connection,
  type ConnectionPool,
} from '@tautline/core';
import { connectionOf, type Rendered } from './connectionOf';
import { createSelection } from './selection';
import { createTracked } from './tracked';
import type { UseWebSocketResult } from './types';

/**
 * What one component has of one connection: its view of the state, its messages, its wish for the
 * line. Opens nothing and starts nothing: a render may be thrown away.
 */
export function attach<In, Out, S, T>(first: Rendered<In, Out, S, T>, pool: ConnectionPool) {
  let latest = first;
  const line = connectionOf(() => latest, pool);
  // Collects also what nobody reads: who shows messages only once connected must not miss the first.
  const feed = createFeed(
    { on: (event, listener: (message: In) => void) => line?.on(event, listener) ?? noop, retain: () => noop },
    first.collect ?? (latestMessage() as NonNullable<typeof first.collect>), // S is this collector's state when none is given
    { flush: first.flush },
  );

  let release: (() => void) | undefined;
  let isUnmounted = false;
  const hold = () => (release ??= line?.retain());
  /** Who is gone holds nothing, and must not open what nobody would close. */
  const wish = (what: 'connect' | 'reconnect') => () => {
    if (isUnmounted) return;
    hold();
    line?.[what]();
  };
  const common = {
    connection: line,
    send: line?.send ?? (() => 'dropped' as const),
    disconnect: line?.disconnect ?? noop,
    connect: wish('connect'),
    reconnect: wish('reconnect'),
  };
  const track = createTracked<UseWebSocketResult<In, Out, T, Connection<In, Out> | null>>();
  const part = createSelection<S, T>();

  return {
    subscribe(listener: () => void) {
      const hear = (message: In) => latest.onMessage?.(message);
      const stops = [line?.subscribe(listener), feed.subscribe(listener), line?.on('message', hear)];
      return () => stops.forEach((stop) => stop?.());
    },
    /** The state now, or as a server renders it; the same object until something changes that was read from it. */
    show: ({ select, isEqual }: Rendered<In, Out, S, T>, isInitial?: boolean) =>
      track({
        ...common,
        ...((!isInitial && line?.getSnapshot()) || IDLE_SNAPSHOT),
        data: part(isInitial ? feed.getServerSnapshot() : feed.getSnapshot(), select, isEqual),
      }),
    /** Hands in what was rendered last. */
    update(rendered: Rendered<In, Out, S, T>) {
      latest = rendered;
    },
    /** Asks for the line if `enabled`; returns what lets go. */
    mount(enabled: boolean) {
      isUnmounted = false;
      if (enabled) hold();
      return () => {
        release?.();
        release = undefined;
        isUnmounted = true;
      };
    },
  };
}

const noop = () => {};
