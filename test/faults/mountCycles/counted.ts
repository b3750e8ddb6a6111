// What the page stands on. It comes before the frameworks, which look at it when they load.

/** As a bundler would have written in: no page has a `process`. */
Object.assign(globalThis, { process: { env: { NODE_ENV: 'production' } } });

/** Timers that were started, and neither fired nor were cleared. */
export const runningTimers = new Set<unknown>();

const { setTimeout: start, clearTimeout: stop } = globalThis;

Object.assign(globalThis, {
  setTimeout(callback: () => void, delay?: number) {
    const id = start(() => {
      runningTimers.delete(id);
      callback();
    }, delay);
    runningTimers.add(id);
    return id;
  },
  clearTimeout(id: number) {
    runningTimers.delete(id);
    stop(id);
  },
});

/** The browser's, which tells when one has closed. */
export class CountedWebSocket extends WebSocket {
  static readonly #closed = new Map<string, Promise<unknown>>();

  constructor(url: string, protocols?: string[]) {
    super(url, protocols);
    CountedWebSocket.#closed.set(url, new Promise((resolve) => this.addEventListener('close', resolve)));
  }

  /** Resolves when the one to this address has; forgets it. */
  static async closed(url: string): Promise<void> {
    await CountedWebSocket.#closed.get(url);
    CountedWebSocket.#closed.delete(url);
  }
}

Object.assign(globalThis, { WebSocket: CountedWebSocket });
