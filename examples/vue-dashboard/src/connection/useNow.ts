import { shallowRef, toValue, watchEffect, type MaybeRefOrGetter, type ShallowRef } from 'vue';

/** The time, every so many milliseconds while somebody counts down. */
export function useNow(interval: number, isCounting: MaybeRefOrGetter<boolean>): ShallowRef<number> {
  const now = shallowRef(Date.now());
  watchEffect((onCleanup) => {
    if (!toValue(isCounting)) return;
    const tick = () => (now.value = Date.now());
    tick();
    const timer = setInterval(tick, interval);
    onCleanup(() => clearInterval(timer));
  });
  return now;
}
