import type { ConnectionSnapshot } from '../types';
import { IDLE, type State } from './state';

/** What the public sees of a state. Waiting for a pong, or for a slice of the queue, never shows. */
export function snapshotOf(state: State): ConnectionSnapshot {
  const { attempt, error, close } = state.memory;
  // Assigned, not spread, over what most states do not have: so that all snapshots are of one shape.
  return Object.freeze(
    Object.assign(
      {
        status: 'disconnected',
        readyState: 3,
        attempt,
        retryAt: null,
        paused: null,
        error,
        close,
        latency: null,
        subprotocol: '',
        connectedAt: null,
      } as const,
      shownOf(state),
    ),
  );
}

function shownOf(state: State): Partial<ConnectionSnapshot> {
  const status = state.memory.reason === 'connect' ? 'connecting' : 'reconnecting';
  switch (state.name) {
    case 'idle':
      return { status: 'idle' };
    case 'connecting':
      return { status, readyState: 0 };
    case 'open': {
      const { latency, subprotocol, connectedAt } = state;
      return { status: 'connected', readyState: 1, latency, subprotocol, connectedAt };
    }
    case 'backoff':
      return { status, ...state.wait };
    case 'closing':
      return { readyState: 2 };
    case 'closed':
      return { status: state.outcome };
    case 'disposed':
      return {};
  }
}

/** The one before if nothing changed, so that `Object.is` tells. */
export function sameOrNext<S extends object>(before: S, next: S): S {
  for (const field in next) if (before[field] !== next[field]) return next; // a snapshot has no others
  return before;
}

/** Before anything was asked, and while rendering on a server. */
export const IDLE_SNAPSHOT: ConnectionSnapshot = /* @__PURE__ */ snapshotOf(IDLE);
