import { TautlineError, type Connection, type IncomingData, type OutgoingData } from '@tautline/core';
import { useContext } from 'react';
import { ProvidedContext } from './context';

/**
 * The connection of the nearest `ConnectionProvider`. Whoever writes the type parameters vouches
 * for them. Never makes the component render again by itself.
 *
 * @throws {TautlineError} with code `no-provider`.
 */
export function useConnection<In = IncomingData, Out = OutgoingData>(): Connection<In, Out> {
  return useGivenOrProvided<In, Out>(undefined);
}

/** @throws {TautlineError} with code `no-provider` without either. */
export function useGivenOrProvided<In, Out>(given: Connection<In, Out> | undefined): Connection<In, Out> {
  const provided = useContext(ProvidedContext).connection;
  const connection = given ?? (provided as unknown as Connection<In, Out> | null); // the caller's promise
  if (connection) return connection;
  throw new TautlineError(
    'no-provider',
    'No connection: put a <ConnectionProvider> above this component, or pass a connection.',
  );
}
