import { isolate } from './isolate';

/** Listeners by event name. One that throws is reported and does not keep its siblings from hearing. */
export interface Emitter<K, T> {
  /** Whether anybody listens. */
  readonly size: number;
  on(event: K, listener: (detail: T) => void): () => void;
  emit(event: K, detail: T): void;
  clear(): void;
}

export function createEmitter<K, T = void>(): Emitter<K, T> {
  // A listener added twice counts twice, so each gets an entry of its own.
  const entries = new Map<K, Set<{ readonly listener: (detail: T) => void }>>();

  return {
    get size() {
      return entries.size;
    },

    on(event, listener) {
      const entry = { listener };
      const listening = entries.get(event) ?? new Set();
      entries.set(event, listening.add(entry));
      return () => {
        if (listening.delete(entry) && !listening.size) entries.delete(event);
      };
    },

    emit(event, detail) {
      const listening = entries.get(event);
      if (!listening) return;
      // The copy keeps out who is added meanwhile; the check, who is removed.
      for (const entry of [...listening]) {
        if (listening.has(entry)) isolate(() => entry.listener(detail));
      }
    },

    clear() {
      for (const listening of entries.values()) listening.clear();
      entries.clear();
    },
  };
}
