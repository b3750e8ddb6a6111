import { TautlineError, type Connection, type IncomingData, type OutgoingData } from '@tautline/core';
import { hasInjectionContext, inject } from 'vue';
import { CONNECTION } from './injection';

/**
 * The connection of the nearest `provideConnection`, or of the app's `connectionPlugin`. Whoever
 * writes the type parameters vouches for them. Does not ask for the line; who provides it does.
 *
 * @throws {TautlineError} with code `no-provider`.
 */
export function useConnection<In = IncomingData, Out = OutgoingData>(): Connection<In, Out> {
  const connection = hasInjectionContext() ? inject(CONNECTION, null) : null;
  if (!connection) throw new TautlineError('no-provider', 'No connection was provided.');
  return connection as unknown as Connection<In, Out>; // the caller's promise
}
