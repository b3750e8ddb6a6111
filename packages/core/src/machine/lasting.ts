import type { ActiveState, MachineOptions, State } from './state';

export type TimerName = 'connect' | 'close' | 'ping' | 'idle' | 'stable' | 'flush' | 'retry' | 'hidden';

/** Deadlines in milliseconds since the epoch; `Infinity` means never. */
export type Deadlines = { readonly [T in TimerName]?: number };

/**
 * What must exist while a state lasts. The runtime starts and stops the difference, so nothing can
 * leak by being forgotten.
 */

/** The line that lives in this state, or 0. Whoever has one may have to wait for its close. */
export function lineOf(state: State): number {
  return 'closeBy' in state ? state.memory.lines : 0;
}

/** Whether there is to be a line; network and page events matter only then. */
export function wantsLine(state: State): state is ActiveState {
  return state.name === 'connecting' || state.name === 'open' || state.name === 'backoff';
}

/** The timers that run in this state. */
export function timersOf(state: State, { reconnect, lifecycle, heartbeat }: MachineOptions): Deadlines {
  const { hiddenAt, attempt } = state.memory;
  const hidden = hiddenAt + lifecycle.hiddenAfter;
  switch (state.name) {
    case 'connecting':
      return { connect: state.deadline, close: state.closeBy, hidden };
    case 'open':
      return {
        ping: state.ping?.deadline ?? state.pingedAt + (heartbeat?.interval ?? Infinity),
        idle: state.idle.deadline,
        flush: state.flushAt,
        close: state.closeBy,
        stable: attempt && reconnect ? state.connectedAt + reconnect.minUptime : Infinity,
        hidden,
      };
    case 'backoff':
      return 'retryAt' in state.wait ? { retry: state.wait.retryAt, hidden } : {};
    case 'closing':
      return { close: state.closeBy };
    case 'idle':
    case 'closed':
    case 'disposed':
      return {};
  }
}
