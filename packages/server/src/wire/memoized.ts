/** Makes a text of a thing once, however many ask for it, and as long as the thing lives. */
export function memoized<T extends WeakKey>(make: (thing: T) => string): (thing: T) => string {
  const made = new WeakMap<T, string>();
  return (thing) => {
    const known = made.get(thing);
    if (known !== undefined) return known;
    const text = make(thing);
    made.set(thing, text);
    return text;
  };
}
