import type { ConnectionEvents } from '../types';
import { wantsLine } from './lasting';
import type { State } from './state';

type Announced = Pick<ConnectionEvents<never, never>, 'connected' | 'disconnected' | 'reconnected' | 'error'>;

/** Tells listeners of a step, read off its two ends: whoever left `open` is disconnected. */
export function announce(
  before: State,
  after: State,
  events: { emit<E extends keyof Announced>(event: E, detail: Announced[E]): void },
): void {
  const { error, close, attempt } = after.memory;
  const { lostAt } = before.memory;

  if (before.name === 'open' && after.name !== 'open') {
    events.emit('disconnected', { close, error, willReconnect: wantsLine(after) });
  }
  if (error && error !== before.memory.error) events.emit('error', error);
  if (after.name === 'open' && before.name !== 'open') {
    events.emit('connected', { subprotocol: after.subprotocol, attempt });
    if (lostAt !== null) events.emit('reconnected', { downtime: Math.max(0, after.connectedAt - lostAt) });
  }
}
