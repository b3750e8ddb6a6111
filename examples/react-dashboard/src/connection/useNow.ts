import { useEffect, useState } from 'react';

/** The time, every so many milliseconds while somebody counts down. */
export function useNow(interval: number, isCounting: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isCounting) return;
    const tick = () => setNow(Date.now());
    const [soon, timer] = [setTimeout(tick), setInterval(tick, interval)];
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [interval, isCounting]);
  return now;
}
