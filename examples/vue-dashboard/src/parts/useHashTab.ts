import { computed, onScopeDispose, shallowRef, type WritableComputedRef } from 'vue';

/** The selected tab lives in the address, so that it can be linked to and survives a reload. */
export function useHashTab<Id extends string>(tabs: readonly { readonly id: Id }[]): WritableComputedRef<Id> {
  const [first] = tabs;
  if (!first) throw new Error('There is no tab to select.');
  const hash = shallowRef(location.hash.slice(1));
  const follow = () => (hash.value = location.hash.slice(1));
  addEventListener('hashchange', follow);
  onScopeDispose(() => removeEventListener('hashchange', follow));

  return computed({
    get: () => (tabs.find(({ id }) => id === hash.value) ?? first).id,
    set: (id) => (location.hash = id),
  });
}
