import { useEffect, useRef, type RefObject } from 'react';

const FRAMES = [{ opacity: 0.9 }, { opacity: 0 }];

/** Lights the element up when the value rises or falls: green or red, unless the user wants less motion. */
export function useFlash(value: number | undefined): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const before = useRef(value);

  useEffect(() => {
    const was = before.current;
    before.current = value;
    if (was === undefined || value === undefined || was === value) return;
    if (!element.current || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    element.current.dataset['flash'] = value > was ? 'up' : 'down';
    element.current.animate(FRAMES, { duration: 450, easing: 'ease-out', pseudoElement: '::after' });
  }, [value]);

  return element;
}
