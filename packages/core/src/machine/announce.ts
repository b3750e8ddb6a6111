import type { ConnectionEvents } from '../types';
import { wantsLine } from './lasting';
import type { State } from './state';

type Announced = Pick<ConnectionEvents<never, never>, 'connected' | 'disconnected' | 'reconnected' | 'error'>;

/** Tells listeners of a step, read off its two ends: whoever left `open` is disconnected. */
export function announce(
  before: State,
  after: State,
  tell: <E extends keyof Announced>(event: E, detail: Announced[E]) => void,
): void {
  const { error, close, attempt } = after.memory;
  const { lostAt } = before.memory;

  if (before.name === 'open' && after.name !== 'open') {
    tell('disconnected', { close, error, willReconnect: wantsLine(after) });
  }
  if (error && error !== before.memory.error) tell('error', error);
  if (after.name === 'open' && before.name !== 'open') {
    tell('connected', { subprotocol: after.subprotocol, attempt });
    if (lostAt !== null) tell('reconnected', { downtime: Math.max(0, after.openedAt - lostAt) });
  }
}
