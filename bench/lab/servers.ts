import type { Dialect } from '../adapters/adapter';
import { participantOf, type ParticipantId } from '../adapters/registry';
import type { ServerOrder } from '../server/orders';
import type { Lab, LoadServer } from './lab';

/** A server for each dialect that is asked for, until the measure is over. */
export interface Servers extends AsyncDisposable {
  for(id: ParticipantId): Promise<LoadServer>;
}

export function serversOf(lab: Lab, settings: Omit<ServerOrder, 'dialect'> = {}): Servers {
  const servers = new Map<Dialect, Promise<LoadServer>>();
  return {
    for(id) {
      const { dialect } = participantOf(id);
      const server = servers.get(dialect) ?? lab.serve({ dialect, ...settings });
      servers.set(dialect, server);
      return server;
    },
    async [Symbol.asyncDispose]() {
      for (const server of await Promise.all(servers.values())) await server[Symbol.asyncDispose]();
    },
  };
}
