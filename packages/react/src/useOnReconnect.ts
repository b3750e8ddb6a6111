import { onReconnect, type Connection, type Reconnection } from '@tautline/core';
import { useEffect } from 'react';
import { useGivenOrProvided } from './useConnection';
import { useLatest } from './useLatest';

/**
 * Calls back each time the line is usable again after it was lost, and every channel that was joined is joined again or
 * will not be: the moment to fetch what was missed, if `recovered` is `false`. Not for the first connect. Always calls
 * the function rendered last.
 *
 * @param connection Default: the nearest `ConnectionProvider`'s.
 * @throws {TautlineError} with code `no-provider` without either.
 */
export function useOnReconnect<In, Out>(
  listener: (reconnection: Reconnection) => void,
  connection?: Connection<In, Out>,
): void {
  const line = useGivenOrProvided(connection);
  const latest = useLatest(listener);
  useEffect(() => onReconnect(line, (reconnection) => latest.current(reconnection)), [line, latest]);
}
