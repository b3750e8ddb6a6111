import {
  getCurrentInstance,
  getCurrentScope,
  onActivated,
  onDeactivated,
  shallowRef,
  watch,
  type ShallowRef,
} from 'vue';
import { whenMounted } from './whenMounted';

export interface Store<S> {
  getSnapshot(): S;
  subscribe(listener: () => void): () => void;
}

/**
 * The snapshot of the store that `source`, a getter, yields: `initial` until mounted, and while
 * deactivated under KeepAlive the one it had.
 */
export function useStore<S>(source: () => Store<S>, initial: S): Readonly<ShallowRef<S>> {
  const snapshot = shallowRef(initial);
  let isPaused = false;
  let read = () => initial;
  const update = () => {
    if (!isPaused) snapshot.value = read();
  };
  const pause = (paused: boolean) => () => {
    isPaused = paused;
    update();
  };

  whenMounted(() => {
    const follow = ({ subscribe, getSnapshot }: Store<S>, _before: unknown, onCleanup: (stop: () => void) => void) => {
      read = getSnapshot;
      onCleanup(subscribe(update));
      update();
    };
    watch(source, follow, { immediate: true });
  });
  // A scope of its own outlives the component that happened to make it: a store's, say.
  const instance = getCurrentInstance() as { scope?: unknown } | null; // there, though its type does not say so
  if (instance && instance.scope === getCurrentScope()) {
    onDeactivated(pause(true));
    onActivated(pause(false));
  }
  return snapshot;
}
