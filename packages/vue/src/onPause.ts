import { getCurrentInstance, getCurrentScope, onActivated, onDeactivated, type ComponentInternalInstance } from 'vue';
import { scopeOf } from './whenMounted';

/** Calls back when KeepAlive deactivates the component, and when it activates it again. */
export function onPause(change: (isPaused: boolean) => void): void {
  const instance = getCurrentInstance();
  // A scope of its own outlives the component that happened to make it: a store's, say.
  if (!instance || scopeOf(instance) !== getCurrentScope() || !isKeptAlive(instance)) return;
  onDeactivated(() => change(true));
  onActivated(() => change(false));
}

/** Elsewhere nobody is deactivated, and the two hooks cost some 500 B. */
function isKeptAlive({ parent }: ComponentInternalInstance): boolean {
  return !!parent && ('__isKeepAlive' in parent.type || isKeptAlive(parent));
}
