import { MAX_DELAY, type Clock } from '../lib/clock';
import type { MachineEvent } from '../machine/events';
import type { Deadlines, TimerName } from '../machine/lasting';

type TimerFired = Extract<MachineEvent, { type: 'timer-fired' }>;

/** The timers that run. Given those that should, it starts and stops the difference. */
export function createTimers(clock: Clock, dispatch: (event: TimerFired) => void): (wanted: Deadlines) => void {
  const running = new Map<TimerName, { readonly deadline: number; readonly cancel: () => void }>();

  return (wanted) => {
    for (const [timer, { deadline, cancel }] of running) {
      if (wanted[timer] === deadline) continue;
      cancel();
      running.delete(timer);
    }
    // Its keys are timers.
    for (const [timer, deadline] of Object.entries(wanted) as [TimerName, number][]) {
      if (deadline < Infinity && !running.has(timer)) {
        const fire = () => {
          running.delete(timer);
          dispatch({ type: 'timer-fired', timer, lateBy: clock.now() - deadline });
        };
        const delay = Math.min(Math.max(0, deadline - clock.now()), MAX_DELAY);
        running.set(timer, { deadline, cancel: clock.setTimeout(fire, delay) });
      }
    }
  };
}
