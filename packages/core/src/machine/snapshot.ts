import type { ConnectionSnapshot, ConnectionStatus } from '../types';
import type { State } from './state';

/** What the public sees of a state. Waiting for a pong, or for a slice of the queue, never shows. */
export function snapshotOf(state: State): ConnectionSnapshot {
  const { memory } = state;
  const wait = state.name === 'backoff' ? state.wait : null;
  const open = state.name === 'open' ? state : null;
  return {
    status: statusOf(state),
    readyState: readyStateOf(state),
    attempt: memory.attempt,
    retryAt: wait && 'retryAt' in wait ? wait.retryAt : null,
    paused: wait && 'paused' in wait ? wait.paused : null,
    error: memory.error,
    close: memory.close,
    latency: open?.latency ?? null,
    subprotocol: open?.subprotocol ?? '',
    connectedAt: open?.openedAt ?? null,
  };
}

function statusOf(state: State): ConnectionStatus {
  switch (state.name) {
    case 'idle':
      return 'idle';
    case 'connecting':
    case 'backoff':
      return state.memory.reason === 'connect' ? 'connecting' : 'reconnecting';
    case 'open':
      return 'connected';
    case 'closed':
      return state.outcome;
    case 'closing':
    case 'disposed':
      return 'disconnected';
  }
}

function readyStateOf({ name }: State): 0 | 1 | 2 | 3 {
  switch (name) {
    case 'connecting':
      return 0;
    case 'open':
      return 1;
    case 'closing':
      return 2;
    default:
      return 3;
  }
}

/** The one before if nothing changed, so that `Object.is` tells. */
export function sameOrNext(before: ConnectionSnapshot, next: ConnectionSnapshot): ConnectionSnapshot {
  const fields = Object.keys(next) as (keyof ConnectionSnapshot)[]; // the interface's own
  return fields.every((field) => before[field] === next[field]) ? before : next;
}

/** Before anything was asked, and while rendering on a server. */
export const IDLE_SNAPSHOT: ConnectionSnapshot = {
  status: 'idle',
  readyState: 3,
  attempt: 0,
  retryAt: null,
  paused: null,
  error: null,
  close: null,
  latency: null,
  subprotocol: '',
  connectedAt: null,
};
