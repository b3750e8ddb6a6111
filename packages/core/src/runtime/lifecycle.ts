import { systemClock, type Clock } from '../lib/clock';

/** What the platform says about network and page. */
export type LifecycleFact = 'went-online' | 'went-offline' | 'page-hidden' | 'page-shown' | 'page-frozen' | 'page-resumed';

/** Which facts to listen to; those left out cost no listener. */
export interface LifecycleInterest {
  readonly online: boolean;
  readonly bfcache: boolean;
  readonly freeze: boolean;
}

/**
 * The world around a connection: time, chance, network and page. Replace any part of it, for
 * instance to map React Native's `AppState` to `page-hidden` and `page-shown`.
 */
export interface Environment extends Clock {
  /** A hint, like `navigator.onLine`: `false` means that attempts are pointless. */
  isOnline(): boolean;
  isHidden(): boolean;
  /** Calls back for each fact from now on; returns what ends it. */
  listen(notify: (fact: LifecycleFact) => void, interest: LifecycleInterest): () => void;
}

/**
 * The browser's, and harmless where there is none. `unload` and `beforeunload` are never used: they
 * keep a page out of the back/forward cache.
 *
 * @see https://web.dev/articles/bfcache
 */
export const systemEnvironment: Environment = {
  ...systemClock,
  isOnline: () => globalThis.navigator?.onLine !== false,
  isHidden: () => globalThis.document?.visibilityState === 'hidden',

  listen(notify, interest) {
    const { window, document } = globalThis;
    const stops: (() => void)[] = [];
    const hear = (target: EventTarget | undefined, type: string, fact: (event: Event) => LifecycleFact | false) => {
      if (!target?.addEventListener) return; // React Native has a window that hears nothing
      const listener = (event: Event) => {
        const heard = fact(event);
        if (heard) notify(heard);
      };
      target.addEventListener(type, listener);
      stops.push(() => target.removeEventListener(type, listener));
    };
    const intoCache = (event: Event) => 'persisted' in event && event.persisted === true;

    hear(document, 'visibilitychange', () => (document.visibilityState === 'hidden' ? 'page-hidden' : 'page-shown'));
    if (interest.online) {
      hear(window, 'online', () => 'went-online');
      hear(window, 'offline', () => 'went-offline');
    }
    if (interest.bfcache) {
      hear(window, 'pagehide', (event) => intoCache(event) && 'page-frozen');
      hear(window, 'pageshow', (event) => intoCache(event) && 'page-resumed');
    }
    if (interest.freeze) {
      hear(document, 'freeze', () => 'page-frozen');
      hear(document, 'resume', () => 'page-resumed');
    }
    return () => stops.forEach((stop) => stop());
  },
};
