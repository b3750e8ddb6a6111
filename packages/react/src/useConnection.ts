import type { Connection, IncomingData, OutgoingData } from '@tautline/core';
import { useContext } from 'react';
import { ProvidedContext } from './context';

/**
 * The connection of the nearest `ConnectionProvider`. Whoever writes the type parameters vouches
 * for them. Never makes the component render again by itself.
 *
 * @throws {Error} without a provider.
 */
export function useConnection<In = IncomingData, Out = OutgoingData>(): Connection<In, Out> {
  return useGivenOrProvided<In, Out>(undefined);
}

/** @throws {Error} without either. */
export function useGivenOrProvided<In, Out>(given: Connection<In, Out> | undefined): Connection<In, Out> {
  const provided = useContext(ProvidedContext).connection;
  const connection = given ?? (provided as unknown as Connection<In, Out> | null); // the caller's promise
  if (connection) return connection;
  throw new Error(
    'Tautline: no connection. Put a <ConnectionProvider> with a `url` or `connection` above this component, or pass a connection to the hook.',
  );
}
