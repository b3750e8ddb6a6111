/**
 * Shows values through an object that notes which of them are read, and stays the same object until
 * one of those changes: what nobody reads makes nobody render.
 *
 * Once read is read for good: a component that reads a value in one render may need it in the next.
 */
export function createTracked<V extends object>(): (values: V) => V {
  const read = new Set<keyof V>();
  let shown: V;
  let tracked: V | undefined;

  return (values) => {
    if (tracked && [...read].every((field) => Object.is(shown[field], values[field]))) {
      Object.assign(shown, values); // what is not read yet stays fresh, for its first reader
      return tracked;
    }
    shown = values;
    return (tracked = new Proxy(values, {
      get(_, field) {
        read.add(field as keyof V); // other fields are undefined before and after
        return values[field as keyof V];
      },
    }));
  };
}
