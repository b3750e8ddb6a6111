import {
  computed,
  getCurrentInstance,
  getCurrentScope,
  onActivated,
  onDeactivated,
  shallowRef,
  watch,
  type Ref,
} from 'vue';
import { whenMounted } from './whenMounted';

export interface Store<S> {
  getSnapshot(): S;
  subscribe(listener: () => void): () => void;
}

/** Which part of the state to show, and what counts as the same part. */
interface Selection<S, T> {
  readonly select?: ((state: S) => T) | undefined;
  readonly isEqual?: ((before: T, after: T) => boolean) | undefined;
}

/**
 * The snapshot of the store that `source`, a getter, yields, or the part of it that `select` picks:
 * of `initial` until mounted and without a store, and of the one it had while deactivated under KeepAlive.
 */
export function useStore<S, T = S>(
  source: () => Store<S> | null,
  initial: S,
  { select, isEqual }: Selection<S, T> = {},
): Readonly<Ref<T>> {
  const snapshot = shallowRef(initial);
  let isPaused = false;
  let store: Store<S> | null = null;
  const update = () => {
    if (!isPaused) snapshot.value = store ? store.getSnapshot() : initial;
  };
  const pause = (paused: boolean) => () => {
    isPaused = paused;
    update();
  };

  whenMounted(() => {
    const follow = (now: Store<S> | null, _before: unknown, onCleanup: (stop: () => void) => void) => {
      store = now;
      if (now) onCleanup(now.subscribe(update));
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
  return useSelected(snapshot, { select, isEqual });
}

/** The part of a state that `select` picks; the whole without it. */
export function useSelected<S, T>(state: Readonly<Ref<S>>, { select, isEqual }: Selection<S, T>): Readonly<Ref<T>> {
  return computed<T>((before) => {
    const after = select ? select(state.value) : (state.value as unknown as T); // without `select`, the part is the whole
    return before !== undefined && isEqual?.(before, after) ? before : after;
  });
}
