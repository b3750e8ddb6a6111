import {
  createFeed,
  IDLE_SNAPSHOT,
  latest,
  type Collector,
  type Connection,
  type ConnectionSnapshot,
  type IncomingData,
  type OutgoingData,
} from '@tautline/core';
import { computed, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { injectPool } from './injection';
import { selection } from './selection';
import { connectionTo, targetOf } from './target';
import type {
  Address,
  MaybeTarget,
  MessageOptions,
  SnapshotRefs,
  UseWebSocketOptions,
  UseWebSocketResult,
} from './types';
import { useStore } from './useStore';
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
  {
    collect,
    select,
    isEqual,
    onMessage,
    enabled,
    flush = 'frame',
    ...options
  }: UseWebSocketOptions<In, Out, unknown, S, T> = {},
): UseWebSocketResult<In, Out, T, Connection<In, Out> | null> {
  const pool = injectPool();
  const target = computed(() => targetOf(url));
  const connection = computed(() => (target.value === null ? null : connectionTo(target.value, options, pool)));
  if (pool) void connection.value; // what cannot work is thrown here, not while mounting
  const line = () => connection.value ?? (NO_CONNECTION as unknown as Connection<In, Out>); // has all that is used here

  const feedOf = ({ on }: Pick<Connection<In, Out>, 'on'>) => {
    const collector = (collect ?? latest()) as Collector<In, S>; // S is what `latest` makes when no other is given
    return createFeed({ on: (_message, listener) => on('message', listener), retain: () => noop }, collector, {
      flush,
    });
  };
  const collected = useStore(() => feedOf(line()), feedOf(NO_CONNECTION).getSnapshot());
  const snapshot = useStore<ConnectionSnapshot>(line, IDLE_SNAPSHOT);
  const refs: Record<string, unknown> = {};
  for (const field of Object.keys(IDLE_SNAPSHOT) as (keyof ConnectionSnapshot)[]) {
    refs[field] = computed(() => snapshot.value[field]);
  }

  let hold: (() => void) | undefined;
  whenMounted(() => {
    const join = (_now: unknown, _before: unknown, onCleanup: (leave: () => void) => void) => {
      const { on, retain } = line();
      const stop = onMessage && on('message', onMessage);
      let release: (() => void) | undefined;
      hold = () => (release ??= retain());
      if (toValue(enabled) ?? true) hold();
      onCleanup(() => {
        hold = undefined;
        stop?.();
        release?.();
      });
    };
    watch([connection, () => toValue(enabled) ?? true], join, { immediate: true });
  });
  /** Whoever is not mounted holds nothing, and must not open what nobody would close. */
  const wish = (what: 'connect' | 'reconnect') => () => {
    if (!hold) return;
    hold();
    line()[what]();
  };

  return {
    ...(refs as unknown as SnapshotRefs), // one for each field of the snapshot
    data: selection(collected, select, isEqual),
    connection,
    send: (message, options) => line().send(message, options),
    connect: wish('connect'),
    reconnect: wish('reconnect'),
    disconnect: (code, reason) => line().disconnect(code, reason),
  };
}

const noop = () => {};

/** Stands for `null`, so that nobody need ask at every step. */
const NO_CONNECTION = {
  getSnapshot: () => IDLE_SNAPSHOT,
  subscribe: () => noop,
  on: () => noop,
  retain: () => noop,
  connect: noop,
  disconnect: noop,
  reconnect: noop,
  send: () => 'dropped',
};
