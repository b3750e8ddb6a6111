import { computed, shallowReadonly, shallowRef, toRaw, type MaybeRefOrGetter, type Ref } from 'vue';
import { follow } from './follow';
import { onPause } from './onPause';
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
 * The snapshot of the store that `source` yields, or the part of it that is selected: of `initial` until mounted and without a
 * store, and of the one it had while deactivated under KeepAlive.
 */
export function useStore<S, T = S>(
  source: MaybeRefOrGetter<Store<S> | null>,
  initial: S,
  selection: Selection<S, T> = {},
): Readonly<Ref<T>> {
  const snapshot = shallowRef(initial);
  let isPaused = false;
  let store: Store<S> | null = null;
  const update = () => {
    if (!isPaused) snapshot.value = store ? store.getSnapshot() : initial;
  };

  whenMounted(() =>
    follow<[Store<S> | null]>([source], (now) => {
      store = toRaw(now);
      const unsubscribe = store?.subscribe(update);
      update();
      return unsubscribe;
    }),
  );
  onPause((paused) => {
    isPaused = paused;
    update();
  });
  return selected(shallowReadonly(snapshot), selection);
}

/** The part of a state that `select` picks; the whole without it. */
export function selected<S, T>(state: Readonly<Ref<S>>, { select, isEqual }: Selection<S, T>): Readonly<Ref<T>> {
  if (!select && !isEqual) return state as unknown as Ref<T>; // without `select`, the part is the whole
  return computed<T>((before) => {
    const after = select ? select(state.value) : (state.value as unknown as T); // as above
    return before !== undefined && isEqual?.(before, after) ? before : after;
  });
}
