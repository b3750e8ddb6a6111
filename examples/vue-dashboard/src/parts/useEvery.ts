import { onMounted, onUnmounted, shallowRef, type ShallowRef } from 'vue';

/** Reads a value now and then: for what changes thousands of times a second and is only looked at. */
export function useEvery<T>(interval: number, read: () => T): ShallowRef<T> {
  const value = shallowRef(read()) as ShallowRef<T>; // `shallowRef` of a T that is no ref
  let timer: ReturnType<typeof setInterval> | undefined;
  onMounted(() => (timer = setInterval(() => (value.value = read()), interval)));
  onUnmounted(() => clearInterval(timer));
  return value;
}

/** How much a counter grows in a second. */
export function useRate(count: () => number): ShallowRef<number> {
  let before = { count: count(), at: performance.now() };
  return useEvery(1_000, () => {
    const now = { count: count(), at: performance.now() };
    const rate = ((now.count - before.count) * 1_000) / Math.max(1, now.at - before.at);
    before = now;
    return Math.round(rate);
  });
}
