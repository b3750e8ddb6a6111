import type { Clock } from './clock';

/** What is held. Plain fields: there may be thousands. */
export interface Retained {
  /** How many hold on. */
  holders: number;
  /** Calls the end off that comes when nobody holds on. */
  cancel: (() => void) | undefined;
  /** The first one takes hold. If it throws, nobody does. */
  held(): void;
  /** Nobody holds on any more. */
  released(): void;
}

/**
 * Takes hold, and returns what lets go. That the last one has let go is told only one macrotask later, unless
 * somebody took hold again meanwhile: React's StrictMode, hot reloads and route changes let go and take hold in one breath.
 */
export function retain(what: Retained, clock: Pick<Clock, 'setTimeout'>): () => void {
  const isFirst = !what.holders++ && !what.cancel;
  what.cancel?.();
  what.cancel = undefined;
  try {
    if (isFirst) what.held();
  } catch (error) {
    what.holders--;
    throw error;
  }
  let released = false;
  return () => {
    if (released) return;
    released = true;
    if (--what.holders) return;
    what.cancel = clock.setTimeout(() => {
      what.cancel = undefined;
      what.released();
    }, 0);
  };
}
