/**
 * Remembers the part of a state that it selected last. The same state and function give the same
 * part, as `useSyncExternalStore` demands; so does an equal one, even from a function written inline.
 */
export function createSelection<S, T>() {
  let last: { readonly state: S; readonly select: unknown; readonly part: T } | undefined;

  return (state: S, select?: (state: S) => T, isEqual?: (before: T, after: T) => boolean): T => {
    if (last && last.select === select && Object.is(last.state, state)) return last.part;
    const after = select ? select(state) : (state as unknown as T); // without `select`, the part is the whole
    const part = last && isEqual?.(last.part, after) ? last.part : after;
    last = { state, select, part };
    return part;
  };
}
