import { createPool, type Connection, type ConnectionPool } from '@tautline/core';
import { createContext } from 'react';

/** Where the components below look for who shares their URL. Without a provider, all roots of a page share one pool. */
export const PoolContext = /* @__PURE__ */ createContext<ConnectionPool>(/* @__PURE__ */ createPool());

/** The connection of the nearest provider. */
export const ConnectionContext = /* @__PURE__ */ createContext<Connection<never, never> | null>(null);
