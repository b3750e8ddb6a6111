import { useSyncExternalStore } from 'react';

/** The selected tab lives in the address, so that it can be linked to and survives a reload. */
export function useHashTab<Id extends string>(tabs: readonly { readonly id: Id }[]): [Id, (id: Id) => void] {
  const hash = useSyncExternalStore(subscribeToHash, () => location.hash.slice(1));
  const selected = tabs.find(({ id }) => id === hash) ?? tabs[0];
  if (!selected) throw new Error('There is no tab to select.');
  return [selected.id, (id) => (location.hash = id)];
}

function subscribeToHash(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
