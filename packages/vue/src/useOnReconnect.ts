import type { Connection } from '@tautline/core';
import { toValue, watch, type MaybeRefOrGetter } from 'vue';
import { useConnection } from './useConnection';
import { whenMounted } from './whenMounted';

export interface Reconnection {
  /** How long the line was not usable, in milliseconds. */
  readonly downtime: number;
  /**
   * Whether what was missed meanwhile has been made up for: `true` nothing is missing, `false` something may be, so fetch it,
   * `null` unknown. A connection alone never knows: `null`.
   */
  readonly recovered: boolean | null;
}

/**
 * Calls back each time the line is usable again after it was lost: the moment to fetch what was
 * missed. Not for the first connect. Under KeepAlive also while deactivated.
 *
 * @param connection Default: the provided one.
 * @throws {TautlineError} with code `no-provider` without either.
 */
export function useOnReconnect<In, Out>(
  listener: (reconnection: Reconnection) => void,
  connection: MaybeRefOrGetter<Connection<In, Out> | null> = useConnection<In, Out>(),
): void {
  const listen = (line: Connection<In, Out> | null, _before: unknown, onCleanup: (stop: () => void) => void) => {
    if (line) onCleanup(line.on('reconnected', ({ downtime }) => listener({ downtime, recovered: null })));
  };
  whenMounted(() => watch(() => toValue(connection), listen, { immediate: true }));
}
