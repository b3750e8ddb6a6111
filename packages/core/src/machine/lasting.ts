import type { MachineOptions, State } from './state';

export type TimerName = 'connect' | 'close' | 'ping' | 'idle' | 'stable' | 'flush' | 'retry' | 'hidden';

/**
 * What must exist while a state lasts. The runtime starts and stops the difference, so nothing can
 * leak by being forgotten.
 */

/** The line that lives in this state, or 0. */
export function lineOf(state: State): number {
  return 'line' in state ? state.line : 0;
}

/** Whether network and page events matter in this state. */
export function watchesEnvironment(state: State): boolean {
  return state.name === 'connecting' || state.name === 'open' || state.name === 'backoff';
}

/** Deadlines of the timers that run in this state, in milliseconds since the epoch. */
export function timersOf(state: State, options: MachineOptions): Partial<Record<TimerName, number>> {
  const timers: Partial<Record<TimerName, number>> = {};
  const start = (timer: TimerName, deadline: number | null) => {
    if (deadline !== null && deadline < Infinity) timers[timer] = deadline;
  };
  const { hiddenAt, attempt } = state.memory;

  switch (state.name) {
    case 'open':
      start('ping', state.ping ? state.ping.deadline : state.pingAt);
      start('idle', state.idle.deadline);
      start('flush', state.flushAt);
      start('close', state.closeBy);
      if (attempt && options.reconnect) start('stable', state.openedAt + options.reconnect.minUptime);
      break;
    case 'connecting':
      start('connect', state.deadline);
      start('close', state.closeBy);
      break;
    case 'backoff':
      if ('paused' in state.wait) return timers;
      start('retry', state.wait.retryAt);
      break;
    case 'closing':
      start('close', state.deadline);
      return timers;
    case 'idle':
    case 'closed':
    case 'disposed':
      return timers;
  }
  if (hiddenAt !== null) start('hidden', hiddenAt + options.lifecycle.hiddenAfter);
  return timers;
}
