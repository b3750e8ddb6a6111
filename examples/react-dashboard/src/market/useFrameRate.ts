import { useEffect, useRef } from 'react';
import { useRate } from '../parts/useEvery';

/** How often the browser draws the page in a second. A hidden page is not drawn, and costs nothing here. */
export function useFrameRate(): number {
  const frames = useRef(0);
  useEffect(() => {
    const next = () => {
      frames.current += 1;
      frame = requestAnimationFrame(next);
    };
    let frame = requestAnimationFrame(next);
    return () => cancelAnimationFrame(frame);
  }, []);
  return useRate(() => frames.current);
}
