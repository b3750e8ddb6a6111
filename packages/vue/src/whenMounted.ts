import {
  getCurrentInstance,
  getCurrentScope,
  hasInjectionContext,
  onMounted,
  type ComponentInternalInstance,
  type EffectScope,
} from 'vue';

/**
 * Runs `start` in the current scope once the component is mounted, which never happens on a server;
 * at once in a scope outside of any component.
 */
export function whenMounted(start: () => void): void {
  const instance = getCurrentInstance();
  const scope = getCurrentScope();
  if (instance && !instance.isMounted) {
    onMounted(scope && scope !== scopeOf(instance) ? inScope(scope, start) : start);
  } else if (instance || typeof window === 'object' || !hasInjectionContext()) {
    start();
  } // else an app is being set up on a server, by a plugin or a store
}

/** There, though its type does not say so. */
export const scopeOf = (instance: ComponentInternalInstance): unknown => (instance as { scope?: unknown }).scope;

/** A scope that is not the component's (a store's, say) may be over by then. */
const inScope = (scope: EffectScope, start: () => void) => () => scope.active && scope.run(start);
