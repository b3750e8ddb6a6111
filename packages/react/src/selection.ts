/** Reads a part of a state. */
export type Selection = <S, T>(state: S, select?: (state: S) => T, isEqual?: (before: T, after: T) => boolean) => T;

/**
 * Remembers the part it selected last. The same state and function give the same part, as
 * `useSyncExternalStore` demands; so does an equal one, even from a function written inline.
 */
export function createSelection(): Selection {
  let last: { readonly state: unknown; readonly select: unknown; readonly part: unknown } | undefined;

  return <S, T>(state: S, select?: (state: S) => T, isEqual: (before: T, after: T) => boolean = Object.is) => {
    const before = last as { state: S; select: typeof select; part: T } | undefined; // one selection serves one reader, whose types stay
    if (before && before.select === select && Object.is(before.state, state)) return before.part;
    const after = select ? select(state) : (state as unknown as T); // without `select`, the part is the whole
    const part = before && isEqual(before.part, after) ? before.part : after;
    last = { state, select, part };
    return part;
  };
}
