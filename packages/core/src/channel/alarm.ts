import { MAX_DELAY, type Clock } from '../lib/clock';

/** Who waits for a moment. */
export interface Sleeper {
  /** A moment has come that it waited for, and may wait for still. */
  ring(moment: number): void;
}

/** Lets who waited for one moment wait for another, both in milliseconds since the epoch; `Infinity`: for none. */
export type Alarm = (who: Sleeper, before: number, after: number) => void;

/** One timer for all who wait for the same moment: thousands ask to join at once, and are answered at once. */
export function createAlarm(clock: Clock): Alarm {
  const timers = new Map<number, Set<Sleeper> & { readonly stop: () => void }>();

  const start = (moment: number) => {
    const delay = Math.max(0, moment - clock.now());
    const ring = () => {
      timers.delete(moment);
      for (const who of sleepers) who.ring(moment);
    };
    const stop = clock.setTimeout(ring, Math.min(delay, MAX_DELAY));
    const sleepers = Object.assign(new Set<Sleeper>(), { stop });
    timers.set(moment, sleepers);
    return sleepers;
  };

  return (who, before, after) => {
    const sleepers = timers.get(before);
    if (sleepers?.delete(who) && !sleepers.size) {
      sleepers.stop();
      timers.delete(before);
    }
    if (after < Infinity) (timers.get(after) ?? start(after)).add(who);
  };
}
