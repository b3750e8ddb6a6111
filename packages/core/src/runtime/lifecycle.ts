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

/** What the platform's events say; `visibilitychange`, which is not here, says that one has to look. */
const FACTS: { readonly [type: string]: LifecycleFact } = {
  online: 'went-online',
  offline: 'went-offline',
  pagehide: 'page-frozen',
  pageshow: 'page-resumed',
  freeze: 'page-frozen',
  resume: 'page-resumed',
};

/**
 * The browser's, and harmless where there is none. `unload` and `beforeunload` are never used: they
 * keep a page out of the back/forward cache.
 *
 * @see https://web.dev/articles/bfcache
 */
const platform: Omit<Environment, keyof Clock> = {
  isOnline: () => globalThis.navigator?.onLine !== false,
  isHidden,

  listen(notify, { online, bfcache, freeze }) {
    const { document } = globalThis;
    const page: Partial<EventTarget> = globalThis.window ?? globalThis; // a worker has no window; some hear nothing
    const hear = ({ type, persisted }: Event & { persisted?: boolean }) => {
      // A page that is left or entered without the back/forward cache is neither frozen nor resumed.
      if (persisted !== false) notify(FACTS[type] ?? (isHidden() ? 'page-hidden' : 'page-shown'));
    };
    const change = (method: 'addEventListener' | 'removeEventListener') => {
      const each = (target: Partial<EventTarget> | undefined, ...types: string[]) => {
        for (const type of types) target?.[method]?.(type, hear);
      };
      each(document, 'visibilitychange');
      if (online) each(page, 'online', 'offline');
      if (bfcache) each(page, 'pagehide', 'pageshow');
      if (freeze) each(document, 'freeze', 'resume');
    };
    change('addEventListener');
    return () => change('removeEventListener');
  },
};

/** Whoever does not use it does not bundle it: of a spread one never knows. */
export const systemEnvironment: Environment = /* @__PURE__ */ Object.assign({}, systemClock, platform);
