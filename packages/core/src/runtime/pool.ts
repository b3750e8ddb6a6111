import { systemClock } from '../lib/clock';
import { createRetention } from '../lib/retention';
import type { ConnectionOptions } from '../options';
import type { Connection } from '../types';
import { createConnection } from './connection';

/** Connections by address, so that components that name the same one share it. */
export interface ConnectionPool {
  /**
   * The shared connection of this URL, these subprotocols and this `name`. Who asks first decides the
   * other options; in development, a later caller who disagrees is told which.
   *
   * The pool itself keeps nothing alive: it forgets a connection that nobody refers to, and one
   * macrotask after its last release, so that whoever comes next starts afresh.
   */
  share<In, Out>(url: string, options: ConnectionOptions<In, Out>, name?: string): Connection<In, Out>;
}

type AnyConnection = Connection<never, never>;

export function createPool(): ConnectionPool {
  const pool = new Map<string, WeakRef<AnyConnection>>();
  /** The options that made each connection, until somebody was told that they count. */
  const counting = new WeakMap<AnyConnection, object>();

  const add = <In, Out>(key: string, url: string, options: ConnectionOptions<In, Out>): Connection<In, Out> => {
    for (const [other, reference] of pool) if (!reference.deref()) pool.delete(other); // rendered, but never mounted
    const connection = createConnection(url, options);
    let release = () => {};
    const { retain } = createRetention(
      systemClock,
      () => {
        if (!pool.has(key)) pool.set(key, reference);
        release = connection.retain();
      },
      () => {
        release();
        if (pool.get(key) === reference) pool.delete(key);
      },
    );
    const shared: Connection<In, Out> = { ...connection, retain };
    const reference = new WeakRef(shared as AnyConnection); // its key tells what it carries
    counting.set(shared as AnyConnection, options);
    pool.set(key, reference);
    return shared;
  };

  return {
    share(url, options, name) {
      const key = JSON.stringify([url, options.protocols, name]);
      const shared = pool.get(key)?.deref();
      if (!shared) return add(key, url, options);
      try {
        if (process.env.NODE_ENV !== 'production' && tellApart(url, counting.get(shared), options))
          counting.delete(shared);
      } catch {
        // No bundler has replaced the line above, and this is no Node: nobody is developing here.
      }
      return shared as never; // same key, and options that agree
    },
  };
}

/** Warns of options that differ, and says whether it did. */
function tellApart(url: string, counting: object | undefined, given: object): boolean {
  if (!counting) return false;
  const [first, later] = [comparable(counting), comparable(given)];
  const differing = [...new Set([...first.keys(), ...later.keys()])].filter(
    (option) => first.get(option) !== later.get(option),
  );
  if (!differing.length) return false;
  console.warn(
    `Tautline: two users of ${url} share a connection but differ in \`${differing.join('`, `')}\`; the first one's options count. ` +
      'Make the options the same, or write `share: false` for a connection of its own.',
  );
  return true;
}

/** Options as text, since objects are often written inline; one function counts as equal to any other, for the same reason. */
function comparable(options: object): Map<string, string> {
  const text = (value: unknown) =>
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'function' ? '(function)' : inner));
  return new Map(
    Object.entries(options).flatMap(([option, value]) => (value === undefined ? [] : [[option, text(value)] as const])),
  );
}
