import type { Connection } from '../types';
import { hubs } from './hubs';
import type { Shared } from './parts';
import { isAway } from './state';

/** How the line came back. */
export interface Reconnection {
  /** How long it was down, in milliseconds. */
  readonly downtime: number;
  /** Whether all channels say that they missed nothing: `false` means fetch again, `null` that there were none to ask. */
  readonly recovered: boolean | null;
}

/** Calls back once the line is back and every channel that was joined is joined again, or will not be. */
export function onReconnect(
  connection: Pick<Connection<never, never>, 'channels' | 'on'>,
  listener: (reconnection: Reconnection) => void,
): () => void {
  /** Of reconnections that were not told yet: the line may go down again before the channels are back. */
  let downtime = 0;
  let recovered: boolean | null = null;
  /** The channels that are waited for, and what ends that. */
  const away = new Map<Shared, () => void>();

  const tell = () => {
    if (away.size) return;
    const reconnection = { downtime, recovered };
    downtime = 0;
    recovered = null;
    listener(reconnection);
  };
  const follow = (channel: Shared) =>
    channel.subscribe(() => {
      const { error, recovered: hasAll } = channel.state.memory;
      if (isAway(channel.state)) return;
      away.get(channel)?.();
      away.delete(channel);
      if (error) recovered = false;
      else if (hasAll !== null) recovered = recovered !== false && hasAll; // who left of its own has neither
      tell();
    });
  const stop = connection.on('reconnected', (reconnected) => {
    const hub = connection.channels && hubs.get(connection.channels);
    downtime += reconnected.downtime;
    for (const one of hub?.channels.values() ?? []) {
      const channel = one.deref();
      if (channel && isAway(channel.state) && !away.has(channel)) away.set(channel, follow(channel));
    }
    tell();
  });
  return () => {
    stop();
    for (const unfollow of away.values()) unfollow();
  };
}
