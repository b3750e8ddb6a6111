import { systemClock, type Clock } from '../lib/clock';

/** What the platform says about network and page. */
export type LifecycleFact =
  | 'went-online'
  | 'went-offline'
  | 'page-hidden'
  | 'page-shown'
  | 'page-frozen'
  | 'page-resumed';

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

const isHidden = () => globalThis.document?.visibilityState === 'hidden';

/**
 * The browser's, and harmless where there is none. `unload` and `beforeunload` are never used: they
 * keep a page out of the back/forward cache.
 *
 * @see https://web.dev/articles/bfcache
 */
export const systemEnvironment: Environment = {
  ...systemClock,
  isOnline: () => globalThis.navigator?.onLine !== false,
  isHidden,

  listen(notify, { online, bfcache, freeze }) {
    const stops: (() => void)[] = [];
    const { document } = globalThis;
    const page: Partial<EventTarget> = globalThis.window ?? globalThis; // a worker has no window; some hear nothing
    const hear = (
      target: Partial<EventTarget> | undefined,
      type: string,
      fact: (event: Event) => LifecycleFact | false,
    ) => {
      const listener = (event: Event) => {
        const heard = fact(event);
        if (heard) notify(heard);
      };
      target?.addEventListener?.(type, listener);
      stops.push(() => target?.removeEventListener?.(type, listener));
    };

    hear(document, 'visibilitychange', () => (isHidden() ? 'page-hidden' : 'page-shown'));
    if (online) {
      hear(page, 'online', () => 'went-online');
      hear(page, 'offline', () => 'went-offline');
    }
    if (bfcache) {
      hear(page, 'pagehide', (event) => (event as PageTransitionEvent).persisted && 'page-frozen'); // the type that goes with the name
      hear(page, 'pageshow', (event) => (event as PageTransitionEvent).persisted && 'page-resumed');
    }
    if (freeze) {
      hear(document, 'freeze', () => 'page-frozen');
      hear(document, 'resume', () => 'page-resumed');
    }
    return () => stops.forEach((stop) => stop());
  },
};
