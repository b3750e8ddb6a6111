import type { Connection, ConnectionPool, IncomingData, OutgoingData } from '@tautline/core';
import { useContext } from 'react';
import { attach } from './attachment';
import { isConnection } from './connectionOf';
import { PoolContext } from './context';
import type { Address, MessageOptions, Target, UseWebSocketOptions, UseWebSocketResult } from './types';
import { useAttached } from './useAttached';

/** Uses a connection made elsewhere, whose own options count, for as long as the component is mounted. */
export function useWebSocket<In, Out, A = unknown, S = unknown extends A ? In | undefined : A, T = S>(
  connection: Connection<In, Out>,
  options?: MessageOptions<In, A, S, T>,
): UseWebSocketResult<In, Out, T, Connection<In, Out>>;
/**
 * A WebSocket for as long as the component is mounted, or a share in one.
 *
 * Opens after mounting, never while rendering, and so never on a server. Unmounting lets go; the
 * socket closes a moment later unless somebody took hold meanwhile, so StrictMode, hot reloads and
 * route changes keep it.
 *
 * @param url Absolute, or relative to the page; http(s) counts as ws(s). Another URL is another
 * connection, and `data` starts over. A function is called before every attempt, always the one
 * rendered last; a different function is not a different URL.
 * @throws {InvalidOptionError} for a URL, subprotocol or option that cannot work.
 */
export function useWebSocket<
  In = IncomingData,
  Out = OutgoingData,
  A = unknown,
  S = unknown extends A ? In | undefined : A,
  T = S,
>(url: Address, options?: UseWebSocketOptions<In, Out, A, S, T>): UseWebSocketResult<In, Out, T, Connection<In, Out>>;
/** The same for what is not known yet: `null` opens nothing, stays `idle`, and drops what is sent. */
export function useWebSocket<
  In = IncomingData,
  Out = OutgoingData,
  A = unknown,
  S = unknown extends A ? In | undefined : A,
  T = S,
>(
  target: Target<In, Out>,
  options?: UseWebSocketOptions<In, Out, A, S, T>,
): UseWebSocketResult<In, Out, T, Connection<In, Out> | null>;
export function useWebSocket<In, Out, S, T>(
  target: Target<In, Out>,
  options: UseWebSocketOptions<In, Out, unknown, S, T> = {},
): UseWebSocketResult<In, Out, T, Connection<In, Out> | null> {
  return useAttachment(target, options, useContext(PoolContext));
}

/** Attaches a component to the connection it names, looking in `pool` for who shares it. */
export function useAttachment<In, Out, S, T>(
  target: Target<In, Out>,
  options: UseWebSocketOptions<In, Out, unknown, S, T>,
  pool: ConnectionPool,
): UseWebSocketResult<In, Out, T, Connection<In, Out> | null> {
  const { protocols, share } = options;
  const isPlain = isConnection(target) || (typeof target === 'string' && (protocols ?? share) === undefined);
  const identity = isPlain ? target : textOf([target, protocols, share]);
  return useAttached({ ...options, target, identity, pool }, attach<In, Out, S, T>);
}

/** Values as text, any function as the same: what is written inline is new in every render. */
const textOf = (values: readonly unknown[]): string =>
  JSON.stringify(values, (_key, value: unknown) => (typeof value === 'function' ? 0 : value));
