import type { ConnectionOptions } from '@tautline/core';
import type { MessageOptions } from './types';

/** The options that are the hook's own business. */
type OwnOption = keyof MessageOptions<unknown, unknown, unknown, unknown> | 'share';

/** The functions among a connection's options, and the options that have some. */
const FUNCTIONS = ['protocols', 'handshake', 'shouldReconnect', 'inspect', 'delay', 'message', 'isPong'];
const NESTED = ['reconnect', 'heartbeat'];

/**
 * The connection's part of a hook's options, with functions that call the ones rendered last: a
 * connection reads its options once, and a component writes new functions in each render.
 */
export function latestOptions<In, Out>(
  options: ConnectionOptions<In, Out> & { readonly [K in OwnOption]?: unknown },
  latest: () => ConnectionOptions<In, Out>,
): ConnectionOptions<In, Out> {
  // The pool compares what it is given, and these may differ.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  const { collect, select, isEqual, onMessage, enabled, share, flush, ...connectionOptions } = options;
  return follow(connectionOptions, latest);
}

/** A copy whose functions call the latest of their name, and the first where there is none now. */
function follow<T extends object>(first: T, latest: () => unknown): T {
  const copy = { ...first };
  for (const name in first) {
    const given: unknown = first[name];
    const now = (): unknown => Reflect.get(Object(latest()), name);
    let followed = given;
    if (typeof given === 'function' && FUNCTIONS.includes(name)) {
      followed = (...args: unknown[]): unknown => {
        const current = now();
        return (typeof current === 'function' ? current : given)(...args);
      };
    } else if (typeof given === 'object' && given && NESTED.includes(name)) followed = follow(given, now);
    copy[name] = followed as T[typeof name]; // takes and returns what it stands for does
  }
  return copy;
}
