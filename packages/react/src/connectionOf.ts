import { createConnection, type AttemptContext, type Connection, type ConnectionPool } from '@tautline/core';
import { latestOptions } from './latestOptions';
import type { Address, UseWebSocketOptions } from './types';

/** What a component rendered last. */
export interface Rendered<In, Out, S, T> {
  readonly target: Address | Connection<In, Out> | null;
  readonly options: UseWebSocketOptions<In, Out, unknown, S, T>;
}

/** The connection that a component names: given, shared, or its own. Inert until somebody retains it. */
export function connectionOf<In, Out, S, T>(
  target: Address | Connection<In, Out> | null,
  latest: () => Rendered<In, Out, S, T>,
  pool: ConnectionPool,
): Connection<In, Out> | null {
  if (target === null || isConnection(target)) return target;
  const { options } = latest();
  const own = latestOptions(options, () => latest().options);
  // Another kind of target is another attachment, so what was rendered last is a function too.
  const url =
    typeof target === 'function' ? (context: AttemptContext) => (latest().target as typeof target)(context) : target;
  // A server's requests must never meet.
  return typeof window === 'undefined' ? createConnection(url, own) : pool.share(url, own, options.share);
}

export const isConnection = <In, Out>(target: Address | Connection<In, Out> | null): target is Connection<In, Out> =>
  typeof target === 'object' && target !== null && 'retain' in target;
