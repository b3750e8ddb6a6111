import type { Environment, LifecycleFact } from '@tautline/core';

type SocketClass = new (url: string, protocols?: string[]) => WebSocket;

/** What the platform's own events mean. */
const FACTS: { readonly [type: string]: LifecycleFact } = {
  online: 'went-online',
  offline: 'went-offline',
  pagehide: 'page-frozen',
  pageshow: 'page-resumed',
};

/**
 * The page as one line sees it: the real one, but that its network can be taken away, and that it can be hidden. A tab
 * that is really hidden stays connected, to count what is unread.
 */
export class PretendedPage {
  /** For the option `lifecycle.environment`. */
  readonly environment: Partial<Environment>;
  /** For the option `WebSocket`: without a network no socket opens, and those that there are break. */
  readonly WebSocket: SocketClass;
  readonly #listeners = new Set<(fact: LifecycleFact) => void>();
  readonly #sockets = new Set<WebSocket>();
  readonly #timers: { offline?: ReturnType<typeof setTimeout>; hidden?: ReturnType<typeof setTimeout> } = {};

  constructor(Native: SocketClass = globalThis.WebSocket) {
    this.WebSocket = this.#socketsOver(Native);
    this.environment = {
      isOnline: () => !this.isOffline && globalThis.navigator?.onLine !== false,
      isHidden: () => this.isHidden,
      listen: (notify) => this.#listen(notify),
    };
  }

  get isOffline(): boolean {
    return this.#timers.offline !== undefined;
  }

  get isHidden(): boolean {
    return this.#timers.hidden !== undefined;
  }

  goOffline(seconds: number): void {
    clearTimeout(this.#timers.offline);
    this.#timers.offline = setTimeout(() => {
      delete this.#timers.offline;
      this.#tell('went-online');
    }, seconds * 1_000);
    for (const socket of this.#sockets) {
      socket.dispatchEvent(new CloseEvent('close', { code: 1006 }));
      socket.close(); // the real one, which the line has given up by now
    }
    this.#tell('went-offline');
  }

  hide(seconds: number): void {
    clearTimeout(this.#timers.hidden);
    this.#timers.hidden = setTimeout(() => {
      delete this.#timers.hidden;
      this.#tell('page-shown');
    }, seconds * 1_000);
    this.#tell('page-hidden');
  }

  #tell(fact: LifecycleFact): void {
    for (const notify of this.#listeners) notify(fact);
  }

  #listen(notify: (fact: LifecycleFact) => void): () => void {
    const hear = ({ type, persisted }: Event & { persisted?: boolean }) => {
      const fact = FACTS[type];
      if (fact && persisted !== false && !(type === 'online' && this.isOffline)) notify(fact);
    };
    this.#listeners.add(notify);
    for (const type of Object.keys(FACTS)) globalThis.addEventListener?.(type, hear);
    return () => {
      this.#listeners.delete(notify);
      for (const type of Object.keys(FACTS)) globalThis.removeEventListener?.(type, hear);
    };
  }

  #socketsOver(Native: SocketClass): SocketClass {
    const isOffline = () => this.isOffline;
    const sockets = this.#sockets;
    return class extends Native {
      constructor(url: string, protocols: string[] = []) {
        if (isOffline()) throw new Error('There is no network.');
        super(url, protocols);
        sockets.add(this);
        this.addEventListener('close', () => sockets.delete(this));
      }
    };
  }
}
