import { followEnd, type EndFollower } from '@tautline-examples/shared/page';
import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';

/**
 * Keeps a list at its end while it grows, and its reader in place who has gone up; says whether something new is
 * down there, and calls `onTop` when the reader wants what is earlier.
 */
export function useFollowEnd(
  scroller: RefObject<HTMLElement | null>,
  onTop: () => void,
): { hasNews: boolean; toEnd: () => void } {
  const follower = useRef<EndFollower>(null);
  const [hasNews, setHasNews] = useState(false);
  const reachTop = useEffectEvent(onTop);
  useEffect(() => {
    if (!scroller.current) return;
    const started = (follower.current = followEnd(scroller.current, {
      items: '.message',
      onNews: setHasNews,
      onTop: () => reachTop(),
    }));
    return () => started.stop();
  }, [scroller]);
  const toEnd = useCallback(() => follower.current?.toEnd(), []);
  return { hasNews, toEnd };
}
