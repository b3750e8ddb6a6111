import type { Connection } from '../types';
import { hubs } from './hubs';

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
  let isStopped = false;
  /** Of reconnections that were not told yet: the line may go down again before the channels are back. */
  let downtime = 0;
  let isWaiting = false;
  const stop = connection.on('reconnected', (reconnected) => {
    downtime += reconnected.downtime;
    if (isWaiting) return;
    isWaiting = true;
    const tell = (recovered: boolean | null) => {
      isWaiting = false;
      const took = downtime;
      downtime = 0;
      if (!isStopped) listener({ downtime: took, recovered });
    };
    const hub = connection.channels && hubs.get(connection.channels);
    if (hub) hub.whenRejoined(tell);
    else tell(null);
  });
  return () => {
    isStopped = true;
    stop();
  };
}
