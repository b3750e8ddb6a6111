import { getCurrentInstance, getCurrentScope, hasInjectionContext, onMounted } from 'vue';

/**
 * Runs `start` in the current scope once the component is mounted, which never happens on a server;
 * at once in a scope outside of any component.
 */
export function whenMounted(start: () => void): void {
  const instance = getCurrentInstance();
  const scope = getCurrentScope();
  if (instance && !instance.isMounted) {
    // The scope may be another than the component's (a store's, say), and over by then.
    onMounted(() => scope?.active && scope.run(start));
  } else if (instance || typeof window === 'object' || !hasInjectionContext()) {
    start();
  } // else an app is being set up on a server, by a plugin or a store
}
