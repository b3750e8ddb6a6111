import { systemClock } from '../lib/clock';
import { DISPOSE } from '../lib/dispose';
import { createRetention } from '../lib/retention';
import type { ConnectionOptions, Provider } from '../options';
import type { Connection } from '../types';
import { NOWHERE, redactUrl, toWebSocketUrl } from '../wire/url';
import { createConnection } from './connection';

/** Connections by address, so that components that name the same one share it. */
export interface ConnectionPool {
  /**
   * The connection of this URL, these subprotocols and this `share`. Who asks first decides the other
   * options; in development, a later caller who disagrees is told which.
   *
   * A function is no address: where the URL or the subprotocols are one, only those share that give
   * the same name. The pool keeps nothing alive that nobody listens to or retains, and forgets a
   * connection when the last one lets go, so that whoever comes next starts afresh.
   *
   * @param share `false`: a connection of its own. A name: shared only with who gives the same. Default `true`.
   */
  share<In, Out>(
    url: Provider<string | URL>,
    options: ConnectionOptions<In, Out>,
    share?: boolean | string,
  ): Connection<In, Out>;
}

type AnyConnection = Connection<never, never>;

/** A connection in the pool: held for sure while in use, and until then only if somebody has it. */
interface Place {
  deref(): AnyConnection | undefined;
}

export function createPool(): ConnectionPool {
  const pool = new Map<string, Place>();
  /** The options that made each connection, until somebody was told that they count. */
  const counting = new WeakMap<AnyConnection, object>();

  const add = <In, Out>(key: string, connection: Connection<In, Out>, options: object): Connection<In, Out> => {
    for (const [other, place] of pool) if (!place.deref()) pool.delete(other); // rendered, but never mounted
    const place: Place = { deref: () => shared as AnyConnection }; // its key tells what it carries
    const use = createRetention(
      systemClock,
      () => {
        const known = pool.get(key)?.deref() ?? shared;
        if (known === shared) pool.set(key, place);
      },
      () => pool.get(key) === place && pool.delete(key),
    );
    const using = (stop: () => void) => {
      const leave = use.retain();
      return () => {
        stop();
        leave();
      };
    };
    const dispose = () => {
      connection.dispose();
      if (pool.get(key)?.deref() === shared) pool.delete(key);
    };
    const shared: Connection<In, Out> = {
      ...connection,
      dispose,
      [DISPOSE]: dispose,
      retain: () => using(connection.retain()),
      subscribe: (listener) => using(connection.subscribe(listener)),
      on: (event, listener) => using(connection.on(event, listener)),
    };
    counting.set(shared as AnyConnection, options);
    pool.set(key, new WeakRef(shared as AnyConnection));
    return shared;
  };

  return {
    share(url, options, share = true) {
      const isAnonymous = typeof url === 'function' || typeof options.protocols === 'function';
      if (!share || (share === true && isAnonymous)) return createConnection(url, options);
      const address = typeof url === 'function' ? null : toWebSocketUrl(url, NOWHERE);
      const key = JSON.stringify([address, options.protocols, share]);
      const shared = pool.get(key)?.deref();
      if (!shared) return add(key, createConnection(url, options), options);
      try {
        if (
          process.env.NODE_ENV !== 'production' &&
          tellApart(String(typeof url === 'function' ? share : url), counting.get(shared), options)
        )
          counting.delete(shared);
      } catch {
        // No bundler has replaced the line above, and this is no Node: nobody is developing here.
      }
      return shared as never; // same key, and options that agree
    },
  };
}

/** Warns of options that differ, and says whether it did. */
function tellApart(address: string, counting: object | undefined, given: object): boolean {
  if (!counting) return false;
  const [first, later] = [comparable(counting), comparable(given)];
  const differing = [...new Set([...first.keys(), ...later.keys()])].filter(
    (option) => first.get(option) !== later.get(option),
  );
  if (!differing.length) return false;
  console.warn(
    `Tautline: two users of ${redactUrl(address)} share a connection but differ in \`${differing.join('`, `')}\`; the first one's options count. ` +
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
