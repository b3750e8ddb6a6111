import { isRef, onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue';

/** Whether it stays what it is for ever. */
export const isConstant = (given: unknown): boolean => typeof given !== 'function' && !isRef(given);

/**
 * Takes what `sources` yield, until the scope ends, and anew whenever one of them changes; `take` returns what lets go again.
 * Constants have no watcher, which costs more than all the rest of a component.
 */
export function follow<V extends readonly unknown[]>(
  sources: { readonly [I in keyof V]: MaybeRefOrGetter<V[I]> },
  take: (...now: V) => (() => void) | undefined,
): void {
  if (sources.every(isConstant)) {
    const letGo = take(...(sources as unknown as V)); // a constant is its own value
    if (letGo) onScopeDispose(letGo, true);
    return;
  }
  watch(
    sources.map((source) => () => toValue<unknown>(source as MaybeRefOrGetter)), // each is compared by itself
    (now, _before, onCleanup) => {
      const letGo = take(...(now as unknown as V)); // one for each
      if (letGo) onCleanup(letGo);
    },
    { immediate: true },
  );
}
