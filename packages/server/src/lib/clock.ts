/** Time and chance, handed in so that the server can be simulated. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  /** Calls back once after `delay` milliseconds; returns its cancellation. */
  setTimeout(callback: () => void, delay: number): () => void;
}

/** The longest delay that `setTimeout` holds: 24.8 days. Anything above fires at once. */
const MAX_DELAY = 2 ** 31 - 1;

/** Looks the globals up at each call, so that fake timers installed later are seen. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout(callback, delay) {
    let timer: NodeJS.Timeout | undefined;
    const wait = (rest: number) => {
      const isLast = rest <= MAX_DELAY;
      timer = setTimeout(isLast ? callback : () => wait(rest - MAX_DELAY), isLast ? rest : MAX_DELAY);
    };
    if (delay !== Infinity) wait(delay);
    return () => clearTimeout(timer);
  },
};

/** A name that nobody has guessed or used before: 64 bits, in letters and digits. */
export function randomName(clock: Pick<Clock, 'random'>): string {
  const half = () =>
    Math.floor(clock.random() * 2 ** 32)
      .toString(36)
      .padStart(7, '0');
  return half() + half();
}
