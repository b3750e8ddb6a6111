import { onReconnect, type Connection, type Reconnection } from '@tautline/core';
import { toRaw, type MaybeRefOrGetter } from 'vue';
import { follow } from './follow';
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
  const listen = (now: Connection<In, Out> | null) => {
    const line = toRaw(now); // its channels are found by its identity
    return line ? onReconnect(line, listener) : undefined;
  };
  whenMounted(() => follow([connection], listen));
}
