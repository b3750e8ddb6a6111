import { useInsertionEffect, useState, useSyncExternalStore } from 'react';
import type { Attachment, Named } from './attached';

/** Keeps a component attached to what it names, and moves it when that has another identity. */
export function useAttached<R extends Named & { readonly enabled?: boolean | undefined }, V>(
  rendered: R,
  attach: (rendered: R) => Attachment<R, V>,
): V {
  const { enabled = true } = rendered;
  const make = () => attach(rendered);

  // State and not a memo: a hot reload empties memos, which would reopen the socket.
  const [kept, keep] = useState(make);
  let attachment = kept;
  if (kept.identity !== rendered.identity) keep((attachment = make()));

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
