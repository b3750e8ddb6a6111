import type { ConnectionSnapshot } from '../types';
import { IDLE, type State } from './state';

/** What the public sees of a state. Waiting for a pong, or for a slice of the queue, never shows. */
export function snapshotOf(state: State): ConnectionSnapshot {
  const { attempt, error, close } = state.memory;
  return { ...NOTHING, attempt, error, close, ...shownOf(state) };
}

/** What most states do not have. */
const NOTHING = {
  readyState: 3,
  retryAt: null,
  paused: null,
  latency: null,
  subprotocol: '',
  connectedAt: null,
} as const;

function shownOf(state: State): Partial<ConnectionSnapshot> & Pick<ConnectionSnapshot, 'status'> {
  const status = state.memory.reason === 'connect' ? 'connecting' : 'reconnecting';
  switch (state.name) {
    case 'idle':
      return { status: 'idle' };
    case 'connecting':
      return { status, readyState: 0 };
    case 'open': {
      const { latency, subprotocol, openedAt } = state;
      return { status: 'connected', readyState: 1, latency, subprotocol, connectedAt: openedAt };
    }
    case 'backoff':
      return { status, ...state.wait };
    case 'closing':
      return { status: 'disconnected', readyState: 2 };
    case 'closed':
      return { status: state.outcome };
    case 'disposed':
      return { status: 'disconnected' };
  }
}

/** The one before if nothing changed, so that `Object.is` tells. */
export function sameOrNext<S extends object>(before: S, next: S): S {
  const fields = Object.keys(next) as (keyof S)[]; // a snapshot has no others
  return fields.every((field) => before[field] === next[field]) ? before : next;
}

/** Before anything was asked, and while rendering on a server. */
export const IDLE_SNAPSHOT: ConnectionSnapshot = /* @__PURE__ */ snapshotOf(IDLE);
