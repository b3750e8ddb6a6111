/** A value that outlives the page. */
export interface Remembered<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/**
 * Keeps a value in `localStorage`, the same in every tab.
 *
 * @param read Makes the best of what is stored, which may come from an older version or from somebody who edited it.
 */
export function createRemembered<T>(
  key: string,
  read: (stored: unknown) => T,
  storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
): Remembered<T> {
  const load = () => read(parse(storage.getItem(key)));
  const listeners = new Set<() => void>();
  let value = load();
  const change = (to: T) => {
    value = to;
    for (const listener of listeners) listener();
  };
  globalThis.addEventListener?.('storage', (event) => {
    if (event.key === key) change(load());
  });

  return {
    get: () => value,
    set(to) {
      change(to);
      try {
        storage.setItem(key, JSON.stringify(to));
      } catch {
        // Full, or forbidden: then it lasts as long as the page.
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
