import type { AttemptContext, Connection, ConnectionPool } from '@tautline/core';
import type { Named } from './attached';
import { PAGE_POOL } from './context';
import type { Target, UseWebSocketOptions } from './types';

/** What a component rendered. */
export interface Rendered<In, Out, S, T> extends UseWebSocketOptions<In, Out, unknown, S, T>, Named {
  readonly target: Target<In, Out>;
  /** Where to look for who shares it. */
  readonly pool: ConnectionPool | undefined;
}

/** The connection that a component names: given, shared, or its own. Inert until somebody retains it. */
export function connectionOf<In, Out, S, T>(
  rendered: Rendered<In, Out, S, T>,
  latest: () => Rendered<In, Out, S, T> | undefined,
): Connection<In, Out> | null {
  // The pool compares what it is given, and all but these may differ.
  const {
    identity,
    isPlain,
    target,
    pool = PAGE_POOL,
    collect,
    select,
    isEqual,
    onMessage,
    enabled,
    flush,
    share,
    ...options
  } = rendered;
  if (target === null || isConnection(target)) return target;
  return pool.share(
    // Another kind of target is another attachment, so what was rendered last is a function too.
    typeof target === 'function'
      ? (context: AttemptContext) => ((latest()?.target ?? target) as typeof target)(context)
      : target,
    follow(options, latest),
    typeof window === 'object' && share, // a server's requests must never meet
  );
}

export const isConnection = <In, Out>(target: Target<In, Out>): target is Connection<In, Out> =>
  'retain' in Object(target);

/**
 * A copy whose functions call the latest of their name, and the first where there is none now: a
 * connection reads its options once, and a component writes new functions in each render.
 */
function follow<T extends object>(first: T, latest: () => unknown): T {
  const copy = { ...first } as Record<string, unknown>;
  for (const [name, given] of Object.entries(copy)) {
    const now = () => (latest() as typeof copy | undefined)?.[name]; // of `true`, any field is undefined
    if (typeof given === 'function' && name !== 'WebSocket') {
      copy[name] = (...args: unknown[]): unknown => {
        const current = now();
        return (typeof current === 'function' ? current : given)(...args);
      };
    } else if (given && typeof given === 'object' && (name === 'reconnect' || name === 'heartbeat')) {
      copy[name] = follow(given, now);
    }
  }
  return copy as T; // each stands for what it replaced
}
