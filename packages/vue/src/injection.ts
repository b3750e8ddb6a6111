import { createPool, type Connection, type ConnectionPool } from '@tautline/core';
import { hasInjectionContext, inject, ssrContextKey, type InjectionKey } from 'vue';

/** Its types are the promise of whoever takes it out again. */
export const CONNECTION: InjectionKey<Connection<never, never>> = /* @__PURE__ */ Symbol('Tautline connection');

export const POOL: InjectionKey<ConnectionPool> = /* @__PURE__ */ Symbol('Tautline pool');

/** For apps without `connectionPlugin`, and for scopes outside of any app. */
const pagePool = /* @__PURE__ */ createPool();

/** Where to share connections; `null` while rendering on a server, where requests must not meet. */
export function injectPool(): ConnectionPool | null {
  if (!hasInjectionContext()) return pagePool;
  return inject(ssrContextKey as InjectionKey<object>, null) ? null : inject(POOL, pagePool);
}
