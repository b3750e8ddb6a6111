/** Whatever was thrown, as text; some things have none. */
export function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'something';
  }
}
