import type { Connection, ConnectionPool, IncomingData, OutgoingData } from '@tautline/core';
import { useContext, useMemo, type ReactNode } from 'react';
import { ProvidedContext, type Provided } from './context';
import type { Address, UseWebSocketOptions } from './types';
import { useAttachment } from './useWebSocket';

/** Either a `url`, with the options of `useWebSocket`, or a `connection` made elsewhere, or only a `pool`. */
export interface ConnectionProviderProps<In = IncomingData, Out = OutgoingData> extends Omit<
  UseWebSocketOptions<In, Out>,
  'collect' | 'select' | 'isEqual' | 'flush'
> {
  url?: Address | undefined;
  connection?: Connection<In, Out> | undefined;
  /**
   * Where the components below look for who shares their URL, from `createPool()`: apart from the
   * rest of the page. Make it outside of rendering; another one counts for the connections named from then on.
   *
   * @default the enclosing provider's, or the page's
   */
  pool?: ConnectionPool | undefined;
  children?: ReactNode;
}

/**
 * Gives one connection to all components below, for `useConnection`, `useConnectionStatus` and
 * `useOnReconnect`, and asks for the line while mounted; `enabled={false}` waits. Does not render
 * again when the line changes.
 */
export function ConnectionProvider<In = IncomingData, Out = OutgoingData>({
  children,
  url,
  connection: given,
  pool: own,
  ...options
}: ConnectionProviderProps<In, Out>): ReactNode {
  const enclosing = useContext(ProvidedContext);
  const pool = own ?? enclosing.pool;
  const { connection } = useAttachment<In, Out, unknown, unknown>(given ?? url ?? null, options, pool);
  const nearest = (connection as unknown as Provided['connection']) ?? enclosing.connection; // `useConnection` gives it its types again
  const provided = useMemo(() => ({ pool, connection: nearest }), [pool, nearest]);
  return <ProvidedContext.Provider value={provided}>{children}</ProvidedContext.Provider>;
}
