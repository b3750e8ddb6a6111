import { MAX_DELAY, type Clock } from '../lib/clock';
import type { TimerName } from '../machine/lasting';

type Deadlines = Partial<Record<TimerName, number>>;

/** The timers that run. Given those that should, it starts and stops the difference. */
export function createTimers(
  clock: Clock,
  fired: (timer: TimerName, lateBy: number) => void,
): { sync(wanted: Deadlines): void } {
  const running = new Map<TimerName, { readonly deadline: number; readonly cancel: () => void }>();

  return {
    sync(wanted) {
      for (const [timer, { deadline, cancel }] of running) {
        if (wanted[timer] === deadline) continue;
        cancel();
        running.delete(timer);
      }
      for (const timer of Object.keys(wanted) as TimerName[]) {
        const deadline = wanted[timer];
        if (deadline === undefined || running.has(timer)) continue;
        const delay = Math.min(Math.max(0, deadline - clock.now()), MAX_DELAY);
        const cancel = clock.setTimeout(() => {
          running.delete(timer);
          fired(timer, clock.now() - deadline);
        }, delay);
        running.set(timer, { deadline, cancel });
      }
    },
  };
}
