import { computed, type Ref } from 'vue';

/** The part of a state that `select` picks; triggers only when `isEqual` finds it changed. */
export function selection<S, T>(
  state: Readonly<Ref<S>>,
  select: (state: S) => T = (whole) => whole as unknown as T, // without `select`, the part is the whole
  isEqual: (before: T, after: T) => boolean = Object.is,
): Readonly<Ref<T>> {
  return computed<T>((before) => {
    const after = select(state.value);
    return before !== undefined && isEqual(before, after) ? before : after;
  });
}
