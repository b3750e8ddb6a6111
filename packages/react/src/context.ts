import { createPool, type Connection, type ConnectionPool } from '@tautline/core';
import { createContext, useContext } from 'react';

/** Without a provider, all roots of a page share one pool. */
export const PAGE_POOL = /* @__PURE__ */ createPool();

/** Where the components below look for who shares their URL. */
export const PoolContext = /* @__PURE__ */ createContext<ConnectionPool>(PAGE_POOL);

/** The connection of the nearest provider. */
export const ConnectionContext = /* @__PURE__ */ createContext<Connection<never, never> | null>(null);

let isProvided = false;

/** Says that from now on a component may have a provider above it. */
export function provide(): void {
  isProvided = true;
}

interface Provided {
  readonly isProvided?: true;
}

/**
 * The pool of the nearest provider. A component that first rendered while the page had no provider will never be below one: it
 * does not look, since that is 0.1 kB for each.
 */
export function usePool({ current }: { readonly current: Provided | null }): ConnectionPool | undefined {
  // eslint-disable-next-line react-hooks/rules-of-hooks -- one component always does, or never
  return (current ? current.isProvided : isProvided) ? useContext(PoolContext) : undefined;
}
