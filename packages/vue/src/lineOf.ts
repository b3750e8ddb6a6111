import type { Connection, ConnectionOptions } from '@tautline/core';
import { computed, unref, type MaybeRef } from 'vue';
import { isConstant } from './follow';
import { injectPool } from './injection';
import { connectionTo, isProvider, targetOf } from './target';
import type { MaybeTarget, UseWebSocketOptions } from './types';

type Offered = ConnectionOptions['protocols'];

/** The connection of what is named, followed unless that can never change. Inert until somebody retains it. */
export function lineOf<In, Out, S, T>(
  url: MaybeTarget<In, Out>,
  given: UseWebSocketOptions<In, Out, unknown, S, T>,
): MaybeRef<Connection<In, Out> | null> {
  const { collect, select, isEqual, flush, onMessage, enabled, protocols, ...options } = given;
  const pool = injectPool();
  const connect = (target: ReturnType<typeof targetOf<In, Out>>, offered: Offered) =>
    target === null ? null : connectionTo(target, { ...options, protocols: offered }, pool);
  const isFixed = isConstant(url) || isProvider(url);
  if (pool && isFixed && typeof protocols !== 'object') return connect(targetOf(url), protocols);

  const target = computed(() => targetOf(url));
  const offered = computed<Offered>((before) => {
    const now = unref(protocols);
    const copy = Array.isArray(now) ? [...now] : now; // the list itself may be changed in place
    return String(copy) === String(before) ? before : copy;
  });
  const line = computed(() => connect(target.value, offered.value));
  if (pool) void line.value; // what cannot work is thrown here, not while mounting
  return line;
}
