import type { Connection, ConnectionPool, IncomingData, OutgoingData } from '@tautline/core';
import { useRef } from 'react';
import { LineAttachment } from './attachment';
import { isConnection, type Rendered } from './connectionOf';
import { usePool } from './context';
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
  options?: UseWebSocketOptions<In, Out, unknown, S, T>,
): UseWebSocketResult<In, Out, T, Connection<In, Out> | null> {
  const kept = useRef<LineAttachment<In, Out, S, T>>(null);
  return useAttached(kept, renderedOf(target, options, usePool(kept)), LineAttachment<In, Out, S, T>);
}

/** What a component rendered, which looks in `pool` for who shares it. */
export function renderedOf<In, Out, S, T>(
  target: Target<In, Out>,
  options: UseWebSocketOptions<In, Out, unknown, S, T> | undefined,
  pool: ConnectionPool | undefined,
): Rendered<In, Out, S, T> {
  const { protocols, share } = options ?? {};
  const isValue = isConnection(target) || (typeof target === 'string' && (protocols ?? share) === undefined);
  const identity = isValue ? target : textOf([target, protocols, share]);
  return { ...options, target, identity, isPlain: isValue && !options, pool };
}

/** Values as text, any function as the same: what is written inline is new in every render. */
const textOf = (values: readonly unknown[]): string =>
  JSON.stringify(values, (_key, value: unknown) => (typeof value === 'function' ? 0 : value));
