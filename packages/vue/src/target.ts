import { createConnection, type Connection, type ConnectionOptions, type ConnectionPool } from '@tautline/core';
import { toValue } from 'vue';
import type { Address, MaybeTarget, UrlProvider, UseWebSocketOptions } from './types';

type Target<In, Out> = string | UrlProvider | Connection<In, Out>;

/** What is named now, in a form that stays the same for as long as the same is named. */
export function targetOf<In, Out>(url: MaybeTarget<In, Out>): Target<In, Out> | null {
  const target = isProvider(url) ? url : toValue(url);
  if (typeof target !== 'object' || !target) return target ?? null;
  if (isPromise(target)) return startedProvider(url as UrlProvider, target); // it returned a promise
  return isConnection(target) ? target : String(target);
}

/** A getter takes nothing; what takes the context is not called before there is one. */
export const isProvider = (url: unknown): url is UrlProvider => typeof url === 'function' && !!url.length;

export const isPromise = (value: unknown): value is Promise<never> => 'then' in Object(value);

const isConnection = <In, Out>(target: Target<In, Out> | URL): target is Connection<In, Out> =>
  'retain' in Object(target);

/** No getter is async, so it is a provider. Asking it was the call of an attempt, or a join, that starts in the same breath. */
export function startedProvider<A extends unknown[], V>(
  provide: (...args: A) => V,
  started: V & Promise<unknown>,
): (...args: A) => V {
  let first: V | undefined = started;
  started.catch(() => {}); // who asks reports it, if anybody does
  queueMicrotask(() => (first = undefined)); // later it may be stale
  return (...args) => first ?? provide(...args);
}

/** The connection itself, one found in the pool, or a new one. Without a pool, as on a server, nobody shares. */
export function connectionTo<In, Out>(
  target: Address | Connection<In, Out>,
  { share, ...options }: ConnectionOptions<In, Out> & Pick<UseWebSocketOptions, 'share'>,
  pool: ConnectionPool | null,
): Connection<In, Out> {
  if (isConnection(target)) return target;
  return pool ? pool.share(target, options, share) : createConnection(target, options);
}
