import { useEffect, useInsertionEffect, useState, useSyncExternalStore } from 'react';

/** What one component has of what it names. */
export interface Attachment<R, V> {
  subscribe(listener: () => void): () => void;
  /** What the hook returns now, or on a server; the same object until something changes that was read from it. */
  show(rendered: R, isInitial?: boolean): V;
  /** Hands in what was rendered last. */
  update(rendered: R): void;
  /** Asks for it if `enabled`; returns what lets go. */
  mount(enabled: boolean): () => void;
}

/** Keeps a component attached to what it names, and moves it when that has another identity. */
export function useAttached<R extends { readonly enabled?: boolean | undefined }, V>(
  identity: unknown,
  rendered: R,
  attach: () => Attachment<R, V>,
): V {
  const { enabled = true } = rendered;
  const make = () => ({ identity, ...attach() });

  // State and not a memo: a hot reload empties memos, which would reopen the socket.
  const [kept, keep] = useState(make);
  let attachment = kept;
  if (kept.identity !== identity) keep((attachment = make()));

  useInsertionEffect(() => {
    attachment.update(rendered);
  });
  const shown = useSyncExternalStore(
    attachment.subscribe,
    () => attachment.show(rendered),
    () => attachment.show(rendered, true),
  );
  useEffect(() => attachment.mount(enabled), [attachment, enabled]);
  return shown;
}
