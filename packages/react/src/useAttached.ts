import { useInsertionEffect, useState, useSyncExternalStore } from 'react';
import type { Attachment } from './attached';

/** Keeps a component attached to what it names, and moves it when that has another identity. */
export function useAttached<I, R extends { readonly enabled?: boolean | undefined }, V, C extends unknown[]>(
  [identity, rendered, ...context]: readonly [identity: I, rendered: R, ...context: C],
  attach: (identity: I, rendered: R, ...context: C) => Attachment<R, V>, // no closure: it would be kept as long as the component
): V {
  const { enabled = true } = rendered;
  const make = () => attach(identity, rendered, ...context);

  // State and not a memo: a hot reload empties memos, which would reopen the socket.
  const [kept, keep] = useState(make);
  let attachment = kept;
  if (kept.identity !== identity) keep((attachment = make()));

  useInsertionEffect(() => {
    attachment.update(rendered);
  });
  // To be enabled is another way to subscribe, which spares each component an effect.
  return useSyncExternalStore(
    enabled ? attachment.mount : attachment.look,
    () => attachment.show(rendered),
    () => attachment.show(rendered, true),
  );
}
