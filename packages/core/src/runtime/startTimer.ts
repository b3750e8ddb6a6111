import { MAX_DELAY, type Clock } from '../lib/clock';
import type { MachineEvent } from '../machine/events';
import type { Deadlines, TimerName } from '../machine/lasting';

/**
 * Waits for the first of these deadlines: when it has passed, or whatever else happens, the state says anew what to
 * wait for. Returns what calls it off, if there is any.
 */
export function startTimer(
  deadlines: Deadlines,
  clock: Clock,
  owner: { dispatch(event: MachineEvent): void },
): (() => void) | undefined {
  const deadline = Math.min(...Object.values(deadlines));
  if (deadline === Infinity) return undefined;
  const timer = Object.keys(deadlines).find((name) => deadlines[name as TimerName] === deadline) as TimerName; // its keys are timers
  return clock.setTimeout(
    () => owner.dispatch({ type: 'timer-fired', timer, lateBy: clock.now() - deadline }),
    Math.min(Math.max(0, deadline - clock.now()), MAX_DELAY),
  );
}
