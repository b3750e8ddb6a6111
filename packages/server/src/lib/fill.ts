/** Some of it, or none; `undefined` leaves one to its default. */
export type Given<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** What is given, over the defaults. */
export function fill<T extends object>(defaults: T, given: NoInfer<Given<T>>): T {
  return { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}
