/** Time and chance, handed in so that tests and simulations can own them. */
export interface Clock {
  /** Milliseconds since the epoch. May jump: sleep, NTP, a user who sets the clock. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  /** Calls back once after `delay` milliseconds; returns its cancellation. */
  setTimeout(callback: () => void, delay: number): () => void;
}

/** Looks the globals up at each call, so that fake timers installed later are seen. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout(callback, delay) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** The longest delay that `setTimeout` holds; anything above fires at once. */
export const MAX_DELAY = 2 ** 31 - 1;
