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
   * It leaves the pool one macrotask after its last release, or when nobody retains it within a second.
   */
  share<In, Out>(url: string, options: ConnectionOptions<In, Out>, name?: string): Connection<In, Out>;
}

interface Shared {
  readonly connection: Connection<never, never>;
  readonly options: object;
  isToldApart: boolean;
}

/** How long a connection that was asked for may take to be retained, in milliseconds: rendered, but never mounted. */
const UNCLAIMED = 1_000;

export function createPool(): ConnectionPool {
  const pool = new Map<string, Shared>();

  const add = <In, Out>(key: string, url: string, options: ConnectionOptions<In, Out>): Connection<In, Out> => {
    const connection = createConnection(url, options);
    let release = () => {};
    const retention = createRetention(
      systemClock,
      () => {
        if (!pool.has(key)) pool.set(key, shared); // claimed late
        release = connection.retain();
      },
      () => {
        release();
        forget();
      },
    );
    const shared: Shared = {
      connection: { ...connection, retain: retention.retain } as Connection<never, never>, // its key tells what it carries
      options,
      isToldApart: false,
    };
    const forget = () => {
      if (pool.get(key) === shared) pool.delete(key);
    };
    pool.set(key, shared);
    systemClock.setTimeout(() => retention.count || forget(), UNCLAIMED);
    return shared.connection as Connection<In, Out>; // made from these options just now
  };

  return {
    share(url, options, name) {
      const key = JSON.stringify([url, options.protocols, name]);
      const shared = pool.get(key);
      if (!shared) return add(key, url, options);
      try {
        if (process.env.NODE_ENV !== 'production') tellApart(shared, url, options);
      } catch {
        // No bundler has replaced the line above, and this is no Node: nobody is developing here.
      }
      return shared.connection as unknown as Connection<never, never> as never; // same key, and options that agree
    },
  };
}

function tellApart(shared: Shared, url: string, options: object): void {
  const [ours, theirs] = [comparable(shared.options), comparable(options)];
  const differing = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (option) => ours.get(option) !== theirs.get(option),
  );
  if (!differing.length || shared.isToldApart) return;
  shared.isToldApart = true;
  console.warn(
    `Tautline: two users of ${url} share a connection but differ in \`${differing.join('`, `')}\`; the first one's options count. ` +
      'Make the options the same, or write `share: false` for a connection of its own.',
  );
}

/** Options as text, since objects are often written inline; one function counts as equal to any other, for the same reason. */
function comparable(options: object): Map<string, string> {
  const text = (value: unknown) =>
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'function' ? '(function)' : inner));
  return new Map(
    Object.entries(options).flatMap(([option, value]) => (value === undefined ? [] : [[option, text(value)] as const])),
  );
}
