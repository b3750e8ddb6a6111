import { IDLE_SNAPSHOT, type Connection, type ConnectionStatus } from '@tautline/core';
import type { MaybeRefOrGetter, Ref } from 'vue';
import { useConnection } from './useConnection';
import { useStore } from './useStore';

/**
 * The status of a connection; triggers when it changes and at nothing else. Watches only: it does
 * not ask for the line. `idle` until mounted, and for `null`.
 *
 * @param connection Default: the provided one.
 * @throws {TautlineError} with code `no-provider` without either.
 */
export function useConnectionStatus<In, Out>(
  connection: MaybeRefOrGetter<Connection<In, Out> | null> = useConnection<In, Out>(),
): Readonly<Ref<ConnectionStatus>> {
  return useStore(connection, IDLE_SNAPSHOT, { select: ({ status }) => status });
}
