import { IDLE_SNAPSHOT, type Connection, type ConnectionStatus } from '@tautline/core';
import { useSyncExternalStore } from 'react';
import { useGivenOrProvided } from './useConnection';

/**
 * The status of a connection; renders when it changes and at nothing else. Watches only: it does not ask for the line.
 *
 * @param connection Default: the nearest `ConnectionProvider`'s.
 * @throws {TautlineError} with code `no-provider` without either.
 */
export function useConnectionStatus<In, Out>(connection?: Connection<In, Out>): ConnectionStatus {
  const { subscribe, getSnapshot } = useGivenOrProvided(connection);
  return useSyncExternalStore(
    subscribe,
    () => getSnapshot().status,
    () => IDLE_SNAPSHOT.status,
  );
}
