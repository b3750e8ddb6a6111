import type { Clock } from './clock';

/**
 * Counts who holds on. `first` runs when the first one takes hold; `last` one macrotask after the
 * last has let go, unless somebody took hold again meanwhile: React's StrictMode, hot reloads and
 * route changes let go and take hold in one breath.
 */
export interface Retention {
  readonly count: number;
  retain(): () => void;
}

export function createRetention(clock: Pick<Clock, 'setTimeout'>, first: () => void, last: () => void): Retention {
  /** Calls the end off that comes when nobody holds on. */
  let cancel: (() => void) | undefined;
  const end = () => {
    cancel = undefined;
    last();
  };

  const retention = {
    count: 0,

    retain() {
      const isFirst = !retention.count++ && !cancel;
      cancel?.();
      cancel = undefined;
      try {
        if (isFirst) first();
      } catch (error) {
        retention.count--;
        throw error;
      }
      let released = false;
      return () => {
        if (released) return;
        released = true;
        if (!--retention.count) cancel = clock.setTimeout(end, 0);
      };
    },
  };
  return retention;
}
