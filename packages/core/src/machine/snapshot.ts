import type { ConnectionSnapshot, ConnectionStatus } from '../types';
import { IDLE, type State, type StateName } from './state';

const READY_STATES: Record<StateName, 0 | 1 | 2 | 3> = {
  idle: 3,
  connecting: 0,
  open: 1,
  backoff: 3,
  closing: 2,
  closed: 3,
  disposed: 3,
};

/** What the public sees of a state. Waiting for a pong, or for a slice of the queue, never shows. */
export function snapshotOf(state: State): ConnectionSnapshot {
  const { attempt, error, close } = state.memory;
  const open = state.name === 'open' ? state : null;
  const wait = state.name === 'backoff' ? state.wait : {};
  const { retryAt = null, paused = null }: Partial<Pick<ConnectionSnapshot, 'retryAt' | 'paused'>> = wait;
  return {
    status: statusOf(state),
    readyState: READY_STATES[state.name],
    attempt,
    retryAt,
    paused,
    error,
    close,
    latency: open?.latency ?? null,
    subprotocol: open?.subprotocol ?? '',
    connectedAt: open?.openedAt ?? null,
  };
}

function statusOf(state: State): ConnectionStatus {
  switch (state.name) {
    case 'idle':
      return 'idle';
    case 'open':
      return 'connected';
    case 'connecting':
    case 'backoff':
      return state.memory.reason === 'connect' ? 'connecting' : 'reconnecting';
    case 'closed':
      return state.outcome;
    case 'closing':
    case 'disposed':
      return 'disconnected';
  }
}

/** The one before if nothing changed, so that `Object.is` tells. */
export function sameOrNext<S extends object>(before: S, next: S): S {
  const fields = Object.keys(next) as (keyof S)[]; // a snapshot has no others
  return fields.every((field) => before[field] === next[field]) ? before : next;
}

/** Before anything was asked, and while rendering on a server. */
export const IDLE_SNAPSHOT: ConnectionSnapshot = /* @__PURE__ */ snapshotOf(IDLE);
