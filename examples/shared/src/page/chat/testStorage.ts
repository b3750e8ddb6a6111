/** A `localStorage` for the tests; `content` is what any key holds at first. */
export function fakeStorage(content: string | null = null) {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? content,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    size: () => items.size,
  };
}
