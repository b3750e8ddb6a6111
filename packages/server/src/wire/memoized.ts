/**
 * Makes a text of a thing once, however many ask for it, and as long as the thing lives.
 *
 * @param make Whatever else it is given must be the same each time for the same thing.
 */
export function memoized<T extends WeakKey, A extends unknown[]>(
  make: (thing: T, ...rest: A) => string,
): (thing: T, ...rest: A) => string {
  const made = new WeakMap<T, string>();
  return (thing, ...rest) => {
    const known = made.get(thing);
    if (known !== undefined) return known;
    const text = make(thing, ...rest);
    made.set(thing, text);
    return text;
  };
}
