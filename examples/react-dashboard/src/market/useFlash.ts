import { useEffect, useRef, type RefObject } from 'react';

const FRAMES = [{ opacity: 0.9 }, { opacity: 0 }];
const TIMING = { duration: 450, easing: 'ease-out', pseudoElement: '::after' };

/** Lights the element up when the value rises or falls: green or red, unless the user wants less motion. */
export function useFlash(value: number | undefined): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const before = useRef(value);
  /** One for all flashes: to make an animation costs many times what it costs to start it again. */
  const light = useRef<Animation>(null);

  useEffect(() => {
    const was = before.current;
    before.current = value;
    if (was === undefined || value === undefined || was === value) return;
    if (!element.current || wantsLessMotion.matches) return;
    element.current.dataset['flash'] = value > was ? 'up' : 'down';
    light.current ??= element.current.animate(FRAMES, TIMING);
    light.current.currentTime = 0;
    light.current.play();
  }, [value]);

  return element;
}

const wantsLessMotion = matchMedia('(prefers-reduced-motion: reduce)');
