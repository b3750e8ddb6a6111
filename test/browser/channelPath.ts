import { createConnection, type Connection } from '@tautline/core';
import { envelope } from '@tautline/core/protocols/envelope';
import { inject } from 'vitest';

/** A line to the channel server that belongs to one test. */
export interface ChannelPath {
  connect(): Connection<never, never>;
  /** Resets the lines there are. */
  cut(): Promise<void>;
}

export function channelPath(): ChannelPath {
  const id = crypto.randomUUID();
  return {
    connect() {
      const connection = createConnection(`${inject('channelsUrl')}?id=${id}`, {
        channels: envelope(),
        reconnect: { delay: () => 300 }, // long enough to be seen
      });
      return connection as unknown as Connection<never, never>; // nobody reads its messages
    },
    async cut() {
      await fetch(`${inject('controlUrl')}/cut?id=${id}`);
    },
  };
}
