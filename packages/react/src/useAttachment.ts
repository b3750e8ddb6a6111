import type { Connection, ConnectionPool } from '@tautline/core';
import { useEffect, useInsertionEffect, useState, useSyncExternalStore } from 'react';
import { attach } from './attachment';
import { isConnection } from './connectionOf';
import type { Target, UseWebSocketOptions, UseWebSocketResult } from './types';

/** Keeps a component attached to the connection it names, and moves it when it names another. */
export function useAttachment<In, Out, S, T>(
  target: Target<In, Out>,
  options: UseWebSocketOptions<In, Out, unknown, S, T>,
  pool: ConnectionPool,
): UseWebSocketResult<In, Out, T, Connection<In, Out> | null> {
  const { protocols, share, enabled = true } = options;
  const rendered = { ...options, target };
  const identity = isConnection(target) ? target : textOf([target, protocols, share]);
  const make = () => ({ identity, ...attach(rendered, pool) });

  // State and not a memo: a hot reload empties memos, which would reopen the socket.
  const [kept, keep] = useState(make);
  let attachment = kept;
  if (kept.identity !== identity) keep((attachment = make()));

  useInsertionEffect(() => attachment.update(rendered));
  const shown = useSyncExternalStore(
    attachment.subscribe,
    () => attachment.show(rendered),
    () => attachment.show(rendered, true),
  );
  useEffect(() => attachment.mount(enabled), [attachment, enabled]);
  return shown;
}

/** Values as text, any function as the same: what is written inline is new in every render. */
const textOf = (values: readonly unknown[]): string =>
  JSON.stringify(values, (_key, value: unknown) => (typeof value === 'function' ? 0 : value));
