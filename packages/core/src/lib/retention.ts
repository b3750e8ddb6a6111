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
  let held = false;
  let cancel: (() => void) | undefined;

  const settle = () => {
    cancel = undefined;
    if (retention.count) return;
    held = false;
    last();
  };

  const retention = {
    count: 0,

    retain() {
      retention.count++;
      cancel?.();
      cancel = undefined;
      if (!held) {
        held = true;
        try {
          first();
        } catch (error) {
          retention.count--;
          held = false;
          throw error;
        }
      }
      let released = false;
      return () => {
        if (released) return;
        released = true;
        if (!--retention.count) cancel = clock.setTimeout(settle, 0);
      };
    },
  };
  return retention;
}
