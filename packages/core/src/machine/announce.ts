import type { ConnectionEvents } from '../types';
import type { State } from './state';

type Announced = Pick<ConnectionEvents<never, never>, 'connected' | 'disconnected' | 'reconnected' | 'error'>;
export type Announcement = {
  [E in keyof Announced]: { readonly event: E; readonly detail: Announced[E] };
}[keyof Announced];

/** The events that listeners hear of a step, read off its two ends: whoever left `open` is disconnected. */
export function announcementsOf(before: State, after: State): Announcement[] {
  const heard: Announcement[] = [];
  const { error, close } = after.memory;

  if (before.name === 'open' && after.name !== 'open') {
    const willReconnect = after.name === 'connecting' || after.name === 'backoff';
    heard.push({ event: 'disconnected', detail: { close, error, willReconnect } });
  }
  if (error && error !== before.memory.error) heard.push({ event: 'error', detail: error });
  if (after.name === 'open' && before.name !== 'open') {
    heard.push({ event: 'connected', detail: { subprotocol: after.subprotocol, attempt: after.memory.attempt } });
    const downSince = before.memory.lostAt;
    if (downSince !== null) {
      heard.push({ event: 'reconnected', detail: { downtime: Math.max(0, after.openedAt - downSince) } });
    }
  }
  return heard;
}
