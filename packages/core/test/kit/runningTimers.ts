import { timersOf, type Deadlines } from '../../src/machine/lasting';
import type { MachineOptions, State } from '../../src/machine/state';

/** The timers of a state that fire one day: those whose deadline is not `Infinity`. */
export function runningTimers(state: State, options: MachineOptions): Deadlines {
  const deadlines = Object.entries(timersOf(state, options));
  return Object.fromEntries(deadlines.filter(([, deadline]) => deadline !== Infinity));
}
