import { followEnd, type EndFollower } from '@tautline-examples/shared/page';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Keeps a list at its end while it grows, unless its reader has gone up; says whether something new is down there. */
export function useFollowEnd(scroller: RefObject<HTMLElement | null>): { hasNews: boolean; toEnd: () => void } {
  const follower = useRef<EndFollower>(null);
  const [hasNews, setHasNews] = useState(false);
  useEffect(() => {
    if (!scroller.current) return;
    const started = (follower.current = followEnd(scroller.current, setHasNews));
    return () => started.stop();
  }, [scroller]);
  const toEnd = useCallback(() => follower.current?.toEnd(), []);
  return { hasNews, toEnd };
}
