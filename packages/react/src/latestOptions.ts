import type { ConnectionOptions } from '@tautline/core';
import type { MessageOptions } from './types';

/** The options that are the hook's own business. */
type OwnOption = keyof MessageOptions<unknown, unknown, unknown, unknown> | 'share';

/**
 * The connection's part of a hook's options, with functions that call the ones rendered last: a
 * connection reads its options once, and a component writes new functions in each render.
 */
export function latestOptions<In, Out>(
  options: ConnectionOptions<In, Out> & { readonly [K in OwnOption]?: unknown },
  latest: () => ConnectionOptions<In, Out>,
): ConnectionOptions<In, Out> {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the hook's own, which the pool must not compare
  const { collect, select, isEqual, onMessage, enabled, share, flush, ...connectionOptions } = options;
  const { reconnect, heartbeat } = connectionOptions;
  return {
    ...follow(connectionOptions, latest, ['protocols', 'handshake', 'shouldReconnect', 'inspect']),
    ...(typeof reconnect === 'object' && { reconnect: follow(reconnect, () => latest().reconnect, ['delay']) }),
    ...(heartbeat && { heartbeat: follow(heartbeat, () => latest().heartbeat, ['message', 'isPong']) }),
  };
}

/** A copy whose functions of these names call the latest; those that were no functions at first stay as they are. */
function follow<T extends object>(first: T, latest: () => unknown, names: readonly (keyof T)[]): T {
  const copy = { ...first };
  for (const name of names) {
    const given = first[name];
    if (typeof given !== 'function') continue;
    const call = (...args: unknown[]): unknown => {
      const now: unknown = Reflect.get(Object(latest()), name);
      return typeof now === 'function' ? now(...args) : given(...args);
    };
    copy[name] = call as T[typeof name]; // takes and returns what the function it stands for does
  }
  return copy;
}
