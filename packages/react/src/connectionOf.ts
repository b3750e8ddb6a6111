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
  const { protocols, share = true } = options;
  const own = latestOptions(options, () => latest().options);
  const isFunction = typeof target === 'function';
  // Another kind of target is another attachment, so what was rendered last is a function too.
  const url = isFunction ? (context: AttemptContext) => (latest().target as typeof target)(context) : String(target);

  const isAnonymous = share === true && (isFunction || typeof protocols === 'function');
  // A server's requests must never meet.
  if (!share || isAnonymous || typeof window === 'undefined') return createConnection(url, own);
  return pool.share(url as string, own, share === true ? undefined : share); // a pool only hands the URL on
}

export const isConnection = <In, Out>(target: Address | Connection<In, Out> | null): target is Connection<In, Out> =>
  typeof target === 'object' && target !== null && 'retain' in target;
