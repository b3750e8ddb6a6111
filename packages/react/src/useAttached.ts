import { useInsertionEffect, useSyncExternalStore } from 'react';
import type { Attachment, Kept, Named } from './attached';

/** Keeps a component attached to what it names, and moves it when that has another identity. */
export function useAttached<R extends Named & { readonly enabled?: boolean | undefined }, V>(
  kept: Kept<R, V>, // a ref and not a memo: a hot reload empties memos, which would reopen the socket
  rendered: R,
  attachmentOf: new (rendered: R, kept: Kept<R, V>) => Attachment<R, V>,
): V {
  const { identity, isPlain, enabled = true } = rendered;
  const { current } = kept;
  const attachment = current && current.identity === identity ? current : new attachmentOf(rendered, kept);
  kept.current ??= attachment;

  // It is 0.3 kB for each component, and most have nothing to hand in.
  // eslint-disable-next-line react-hooks/rules-of-hooks -- one component always has it, or never
  if (attachment.rendered) useInsertionEffect(() => attachment.update(rendered));

  // To be enabled is another way to subscribe, which spares each component an effect.
  useSyncExternalStore(
    enabled ? attachment.mount : attachment.look,
    isPlain ? attachment.showAll : () => attachment.show(rendered),
    () => attachment.show(rendered, true),
  );
  return attachment.shown;
}
