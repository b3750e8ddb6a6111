import {
  IDLE_SNAPSHOT,
  type Connection,
  type ConnectionOptions,
  type IncomingData,
  type OutgoingData,
} from '@tautline/core';
import { computed, toValue, unref, watch, type MaybeRefOrGetter } from 'vue';
import { injectPool } from './injection';
import { connectionTo, targetOf } from './target';
import type { Address, MaybeTarget, MessageOptions, UseWebSocketOptions, UseWebSocketResult } from './types';
import { useView } from './useView';
import { whenMounted } from './whenMounted';

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
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- what is no option of the connection
  const { collect, select, isEqual, flush, onMessage, enabled, protocols, ...options } = given;
  const pool = injectPool();
  const target = computed(() => targetOf(url));
  const offered = computed<ConnectionOptions['protocols']>((before) => {
    const now = unref(protocols);
    const copy = Array.isArray(now) ? [...now] : now; // the list itself may be changed in place
    return String(copy) === String(before) ? before : copy;
  });
  const connection = computed(() =>
    target.value === null ? null : connectionTo(target.value, { ...options, protocols: offered.value }, pool),
  );
  if (pool) void connection.value; // what cannot work is thrown here, not while mounting

  const view = useView(() => connection.value, IDLE_SNAPSHOT, given);

  let hold: (() => void) | undefined;
  whenMounted(() => {
    watch(
      [connection, () => toValue(enabled) ?? true] as const,
      ([line, isEnabled], _before, onCleanup) => {
        const stop = onMessage && line?.on('message', onMessage);
        let release: (() => void) | undefined;
        hold = () => (release ??= line?.retain());
        if (isEnabled) hold();
        onCleanup(() => {
          hold = undefined;
          stop?.();
          release?.();
        });
      },
      { immediate: true },
    );
  });
  /** Whoever is not mounted holds nothing, and must not open what nobody would close. */
  const wish = (what: 'connect' | 'reconnect') => () => {
    if (!hold) return;
    hold();
    connection.value?.[what]();
  };

  return {
    ...view,
    connection,
    send: (message, options) => connection.value?.send(message, options) ?? 'dropped',
    connect: wish('connect'),
    reconnect: wish('reconnect'),
    disconnect: (code, reason) => connection.value?.disconnect(code, reason),
  };
}
