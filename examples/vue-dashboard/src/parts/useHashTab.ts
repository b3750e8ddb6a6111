import { computed, onScopeDispose, shallowRef, type WritableComputedRef } from 'vue';

/** The selected tab lives in the address, so that it can be linked to and survives a reload. */
export function useHashTab<Tab extends { readonly id: string }>(tabs: readonly Tab[]): WritableComputedRef<Tab> {
  const hash = shallowRef(location.hash.slice(1));
  const follow = () => (hash.value = location.hash.slice(1));
  addEventListener('hashchange', follow);
  onScopeDispose(() => removeEventListener('hashchange', follow));

  return computed({
    get: () => tabs.find(({ id }) => id === hash.value) ?? (tabs[0] as Tab), // there is always a first tab
    set: ({ id }) => (location.hash = id),
  });
}
