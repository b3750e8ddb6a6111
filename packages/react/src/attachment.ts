import { IDLE_SNAPSHOT, type Connection, type ConnectionPool } from '@tautline/core';
import { connectionOf, type Rendered } from './connectionOf';
import type { Attachment } from './useAttached';
import type { UseWebSocketResult } from './types';
import { createView } from './view';

/**
 * What one component has of one connection: its view of the state, its messages, its wish for the
 * line. Opens nothing and starts nothing: a render may be thrown away.
 */
export function attach<In, Out, S, T>(
  first: Rendered<In, Out, S, T>,
  pool: ConnectionPool,
): Attachment<Rendered<In, Out, S, T>, UseWebSocketResult<In, Out, T, Connection<In, Out> | null>> {
  let latest = first;
  const line = connectionOf(() => latest, pool);

  let release: (() => void) | undefined;
  let isUnmounted = false;
  const hold = () => (release ??= line?.retain());
  /** Who is gone holds nothing, and must not open what nobody would close. */
  const wish = (what: 'connect' | 'reconnect') => () => {
    if (isUnmounted) return;
    hold();
    line?.[what]();
  };
  type Shown = UseWebSocketResult<In, Out, T, Connection<In, Out> | null>;
  const idle: Omit<Shown, 'data'> = {
    ...IDLE_SNAPSHOT,
    connection: line,
    send: line?.send ?? (() => 'dropped'),
    disconnect: line?.disconnect ?? (() => {}),
    connect: wish('connect'),
    reconnect: wish('reconnect'),
  };
  const view = createView<In, S, T, Shown, 'message'>(
    line,
    ['message', idle, (message) => latest.onMessage?.(message)],
    first,
  );

  return {
    ...view,
    update(rendered) {
      latest = rendered;
    },
    mount(enabled) {
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
