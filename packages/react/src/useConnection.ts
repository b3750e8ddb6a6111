import { TautlineError, type Connection, type IncomingData, type OutgoingData } from '@tautline/core';
import { useContext } from 'react';
import { ConnectionContext } from './context';

/**
 * The connection of the nearest `ConnectionProvider`. Whoever writes the type parameters vouches
 * for them. Never makes the component render again by itself.
 *
 * @throws {TautlineError} with code `no-provider`.
 */
export function useConnection<In = IncomingData, Out = OutgoingData>(): Connection<In, Out> {
  return useGivenOrProvided<Connection<In, Out>>(undefined);
}

/** @throws {TautlineError} with code `no-provider` without either. */
export function useGivenOrProvided<C>(given: C | undefined): C {
  const connection = useContext(ConnectionContext);
  if (given !== undefined) return given;
  if (connection) return connection as C; // the caller's promise
  throw new TautlineError(
    'no-provider',
    'No connection: put a <ConnectionProvider> above this component, or pass a connection.',
  );
}
