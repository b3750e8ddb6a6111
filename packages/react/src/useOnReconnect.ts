import type { Connection } from '@tautline/core';
import { useEffect, useInsertionEffect, useRef } from 'react';
import { useGivenOrProvided } from './useConnection';

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
 * missed. Not for the first connect. Always calls the function rendered last.
 *
 * @param connection Default: the nearest `ConnectionProvider`'s.
 * @throws {TautlineError} with code `no-provider` without either.
 */
export function useOnReconnect<In, Out>(
  listener: (reconnection: Reconnection) => void,
  connection?: Connection<In, Out>,
): void {
  const { on } = useGivenOrProvided(connection);
  const latest = useRef(listener);
  useInsertionEffect(() => {
    latest.current = listener;
  });
  useEffect(() => on('reconnected', ({ downtime }) => latest.current({ downtime, recovered: null })), [on]);
}
