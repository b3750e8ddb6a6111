import type { Connection, IncomingData, OutgoingData } from '@tautline/core';
import { useContext } from 'react';
import { ProvidedContext } from './context';
import type { Address, MessageOptions, Target, UseWebSocketOptions, UseWebSocketResult } from './types';
import { useAttachment } from './useAttachment';

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
  return useAttachment(target, options, useContext(ProvidedContext).pool);
}
