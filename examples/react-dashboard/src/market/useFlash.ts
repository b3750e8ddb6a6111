import { useEffect, useRef, type RefObject } from 'react';

/** How long it is lit, in milliseconds. What changes more often stays lit, and only its colour changes. */
const LIT = 300;

/** Marks the element for a moment when the value rises or falls, with `data-flash`. */
export function useFlash(value: number | undefined): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const before = useRef(value);

  useEffect(() => {
    const was = before.current;
    before.current = value;
    const { dataset } = element.current ?? {};
    if (!dataset || was === undefined || value === undefined || was === value) return;
    dataset['flash'] = value > was ? 'up' : 'down';
    const timer = setTimeout(() => delete dataset['flash'], LIT);
    return () => clearTimeout(timer);
  }, [value]);

  return element;
}
