import {
  IDLE_SNAPSHOT,
  type Connection,
  type ConnectionSnapshot,
  type IncomingData,
  type OutgoingData,
} from '@tautline/core';
import { computed, type MaybeRefOrGetter } from 'vue';
import { useAttached, type Held, type Kind } from './attached';
import { lineOf } from './lineOf';
import type { Address, MaybeTarget, MessageOptions, UseWebSocketOptions, UseWebSocketResult } from './types';

/**
 * A WebSocket for as long as the component is mounted or the effect scope lives, or a share in one.
 *
 * Opens in `onMounted`, and so never on a server; outside of a component at once. Unmounting lets
 * go; the socket closes a moment later unless somebody took hold meanwhile, so route changes and hot
 * reloads keep it.
 *
 * @param url Absolute, or relative to the page; http(s) counts as ws(s). A ref or a getter is
 * watched: another URL is another connection, and `data` starts over. A function that takes the
 * attempt's context, or an async one, is called before every attempt instead.
 * @throws {InvalidOptionError} for a URL, subprotocol or option that cannot work.
 */
export function useWebSocket<
  In = IncomingData,
  Out = OutgoingData,
  A = unknown,
  S = unknown extends A ? In | undefined : A,
  T = S,
>(
  url: MaybeRefOrGetter<Address>,
  options?: UseWebSocketOptions<In, Out, A, S, T>,
): UseWebSocketResult<In, Out, T, Connection<In, Out>>;
/** The same for a connection made elsewhere, whose own options count. */
export function useWebSocket<In, Out, A = unknown, S = unknown extends A ? In | undefined : A, T = S>(
  connection: MaybeRefOrGetter<Connection<In, Out>>,
  options?: MessageOptions<In, A, S, T>,
): UseWebSocketResult<In, Out, T, Connection<In, Out>>;
/** The same for what is not known yet: `null` opens nothing, stays `idle`, and drops what is sent. */
export function useWebSocket<
  In = IncomingData,
  Out = OutgoingData,
  A = unknown,
  S = unknown extends A ? In | undefined : A,
  T = S,
>(
  target: MaybeTarget<In, Out>,
  options?: UseWebSocketOptions<In, Out, A, S, T>,
): UseWebSocketResult<In, Out, T, Connection<In, Out> | null>;
export function useWebSocket<In, Out, S, T>(
  url: MaybeTarget<In, Out>,
  given: UseWebSocketOptions<In, Out, unknown, S, T> = {},
): UseWebSocketResult<In, Out, T, Connection<In, Out> | null> {
  return useAttached(lineOf(url, given), given, LINE as unknown as Line<In, Out, T>); // it keeps nothing of any of them
}

type Result<In, Out, T> = UseWebSocketResult<In, Out, T, Connection<In, Out> | null>;
type Line<In, Out, T> = Kind<Connection<In, Out> | null, ConnectionSnapshot, Result<In, Out, T>>;

/** Whoever is not mounted holds nothing, and must not open what nobody would close. */
const wish = (what: 'connect' | 'reconnect') => (attached: Held<Connection | null>) => () => {
  if (!attached.isWatching) return;
  attached.hold();
  attached.named?.[what]();
};

const LINE: Line<IncomingData, OutgoingData, unknown> = {
  idle: IDLE_SNAPSHOT,
  beside: {
    connection: (attached) => computed(() => attached.named),
    send: (attached) => (message, options) => attached.named?.send(message, options) ?? 'dropped',
    connect: /* @__PURE__ */ wish('connect'),
    reconnect: /* @__PURE__ */ wish('reconnect'),
    disconnect: (attached) => (code, reason) => attached.named?.disconnect(code, reason),
  },
};
