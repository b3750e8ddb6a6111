import { systemClock } from '../lib/clock';
import { DISPOSE } from '../lib/dispose';
import { retain, type Retained } from '../lib/retention';
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

  const add = <In, Out>(key: string, connection: Connection<In, Out>, options: object): Connection<In, Out> => {
    for (const [other, place] of pool) if (!place.deref()) pool.delete(other); // rendered, but never mounted
    const place: Place = { deref: () => shared as AnyConnection }; // its key tells what it carries
    const use: Retained = {
      holders: 0,
      cancel: undefined,
      held() {
        const known = pool.get(key)?.deref() ?? shared;
        if (known === shared) pool.set(key, place);
      },
      released() {
        if (pool.get(key) === place) pool.delete(key);
      },
    };
    const using = (stop: () => void) => {
      const leave = retain(use, systemClock);
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
    noteOptions(shared, options);
    pool.set(key, new WeakRef(shared as AnyConnection));
    return shared;
  };

  return {
    share(url, options, share = true) {
      const isAnonymous = typeof url === 'function' || typeof options.protocols === 'function';
      if (!share || (share === true && isAnonymous)) return createConnection(url, options);
      const address = typeof url === 'function' ? null : toWebSocketUrl(url, NOWHERE);
      const key = JSON.stringify([address, [options.protocols].flat(), share]);
      const shared = pool.get(key)?.deref();
      if (!shared) return add(key, createConnection(url, options), options);
      compareOptions(shared, options, typeof url === 'function' ? share : url);
      return shared as never; // same key, and options that agree
    },
  };
}

/** The options that made each shared connection, until somebody was told that they count. Empty in production. */
const counting = /* @__PURE__ */ new WeakMap<object, object>();

function noteOptions(shared: object, options: object): void {
  try {
    if (process.env.NODE_ENV !== 'production') counting.set(shared, options);
  } catch {
    // No bundler has replaced the line above, and this is no Node: nobody is developing here.
  }
}

/** In development, warns of options that differ from those that count. */
function compareOptions(shared: object, given: object, address: unknown): void {
  try {
    if (process.env.NODE_ENV !== 'production') {
      const first = counting.get(shared);
      const differing = first ? differencesOf(comparable(first), comparable(given)) : [];
      if (!differing.length) return;
      counting.delete(shared);
      console.warn(
        `Tautline: two users of ${redactUrl(String(address))} share a connection but differ in \`${differing.join('`, `')}\`; the first one's options count. ` +
          'Make the options the same, or write `share: false` for a connection of its own.',
      );
    }
  } catch {
    // As above.
  }
}

function differencesOf(first: Map<string, string>, later: Map<string, string>): string[] {
  const options = new Set([...first.keys(), ...later.keys()]);
  options.delete('protocols'); // the same name may be written as a list
  return [...options].filter((option) => first.get(option) !== later.get(option));
}

/** Options as text, since objects are often written inline; one function counts as equal to any other, for the same reason. */
function comparable(options: object): Map<string, string> {
  const text = (value: unknown) =>
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'function' ? '(function)' : inner));
  return new Map(
    Object.entries(options).flatMap(([option, value]) => (value === undefined ? [] : [[option, text(value)] as const])),
  );
}
