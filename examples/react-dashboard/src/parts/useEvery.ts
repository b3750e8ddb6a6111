import { useEffect, useState } from 'react';

/** Reads a value now and then: for what changes thousands of times a second and is only looked at. `read` is fixed at first. */
export function useEvery<T>(interval: number, read: () => T): T {
  const [first] = useState(() => read);
  const [value, setValue] = useState(first);
  useEffect(() => {
    const timer = setInterval(() => setValue(first()), interval);
    return () => clearInterval(timer);
  }, [interval, first]);
  return value;
}

/** How much a counter grows in a second. */
export function useRate(count: () => number): number {
  const [read] = useState(() => count);
  const [rate, setRate] = useState(0);
  useEffect(() => {
    let before = { count: read(), at: performance.now() };
    const timer = setInterval(() => {
      const now = { count: read(), at: performance.now() };
      setRate(Math.round(((now.count - before.count) * 1_000) / (now.at - before.at)));
      before = now;
    }, 1_000);
    return () => clearInterval(timer);
  }, [read]);
  return rate;
}
