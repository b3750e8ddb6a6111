import { onReconnect, type Connection, type Reconnection } from '@tautline/core';
import { toRaw, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { useConnection } from './useConnection';
import { whenMounted } from './whenMounted';

/**
 * Calls back each time the line is usable again after it was lost, and every channel that was joined is joined again or
 * will not be: the moment to fetch what was missed, if `recovered` is `false`. Not for the first connect. Under KeepAlive
 * also while deactivated.
 *
 * @param connection Default: the provided one.
 * @throws {TautlineError} with code `no-provider` without either.
 */
export function useOnReconnect<In, Out>(
  listener: (reconnection: Reconnection) => void,
  connection: MaybeRefOrGetter<Connection<In, Out> | null> = useConnection<In, Out>(),
): void {
  const listen = (line: Connection<In, Out> | null, _before: unknown, onCleanup: (stop: () => void) => void) => {
    if (line) onCleanup(onReconnect(line, listener));
  };
  // Its channels are found by its identity.
  whenMounted(() => watch(() => toRaw(toValue(connection)), listen, { immediate: true }));
}
