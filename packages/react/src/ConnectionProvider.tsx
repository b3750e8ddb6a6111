import type { Connection, ConnectionPool, IncomingData, OutgoingData } from '@tautline/core';
import { useContext, useRef, type ReactNode } from 'react';
import { LineAttachment } from './attachment';
import { ConnectionContext, PoolContext, provide } from './context';
import type { Address, UseWebSocketOptions } from './types';
import { useAttached } from './useAttached';
import { renderedOf } from './useWebSocket';

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
  const enclosingPool = useContext(PoolContext);
  const enclosing = useContext(ConnectionContext);
  const pool = own ?? enclosingPool;
  provide();
  const kept = useRef<LineAttachment<In, Out, unknown, unknown>>(null);
  const { connection } = useAttached(
    kept,
    renderedOf(given ?? url ?? null, options, pool),
    LineAttachment<In, Out, unknown, unknown>,
  );
  return (
    <PoolContext.Provider value={pool}>
      <ConnectionContext.Provider value={(connection as unknown as typeof enclosing) ?? enclosing}>
        {children}
      </ConnectionContext.Provider>
    </PoolContext.Provider>
  ); // `useConnection` gives the connection its types again
}
