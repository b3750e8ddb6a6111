import type { Connection, ConnectionOptions, IncomingData, OutgoingData } from '@tautline/core';
import { onScopeDispose, provide } from 'vue';
import { CONNECTION, injectPool } from './injection';
import { connectionTo } from './target';
import type { Address, UseWebSocketOptions } from './types';
import { whenMounted } from './whenMounted';

/**
 * Gives one connection to all components below, for `useConnection`, `useConnectionStatus` and
 * `useOnReconnect`, and asks for the line while this component is mounted. It stays the same for as
 * long: for another URL, give the component another `key`.
 *
 * @throws {InvalidOptionError} for a URL, subprotocol or option that cannot work.
 */
export function provideConnection<In = IncomingData, Out = OutgoingData>(
  url: Address | Connection<In, Out>,
  options: ConnectionOptions<In, Out> & Pick<UseWebSocketOptions<In, Out>, 'share'> = {},
): Connection<In, Out> {
  const connection = connectionTo(url, options, injectPool());
  provide(CONNECTION, connection as unknown as Connection<never, never>); // `useConnection` gives it its types again
  whenMounted(() => onScopeDispose(connection.retain()));
  return connection;
}
