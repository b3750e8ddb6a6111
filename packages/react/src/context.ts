import { createPool, type Connection, type ConnectionPool } from '@tautline/core';
import { createContext } from 'react';

/** What a provider hands down. */
export interface Provided {
  readonly pool: ConnectionPool;
  readonly connection: Connection<never, never> | null;
}

/** Without a provider, all roots of a page share one pool. */
export const ProvidedContext = /* @__PURE__ */ createContext<Provided>({
  pool: /* @__PURE__ */ createPool(),
  connection: null,
});
