import { createPool, type Connection, type ConnectionPool } from '@tautline/core';
import { hasInjectionContext, inject, ssrContextKey, type InjectionKey } from 'vue';

/** Its types are the promise of whoever takes it out again. */
export const CONNECTION: InjectionKey<Connection<never, never>> = /* @__PURE__ */ Symbol('Tautline connection');

export const POOL: InjectionKey<ConnectionPool> = /* @__PURE__ */ Symbol('Tautline pool');

const SSR = ssrContextKey as InjectionKey<object>; // Vue does not type it

/** For apps without `connectionPlugin`, and for scopes outside of any app. */
const pagePool = /* @__PURE__ */ createPool();

/** Whether a server renders: there nothing is started, and requests must not meet. */
export const isOnServer = (): boolean => hasInjectionContext() && !!inject(SSR, null);

/** Where to share connections; `null` on a server. */
export function injectPool(): ConnectionPool | null {
  if (!hasInjectionContext()) return pagePool;
  return inject(SSR, null) ? null : inject(POOL, pagePool);
}
