import { followEnd, type EndFollower } from '@tautline-examples/shared/page';
import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';

interface FollowOptions {
  /** The items that keep their place for the reader, as a selector. */
  readonly items: string;
  /** Called when the reader comes near to the top. */
  readonly onTop?: () => void;
}

/** Keeps a list at its end while it grows, and its reader in place who has gone up; says whether something new is down there. */
export function useFollowEnd(
  scroller: RefObject<HTMLElement | null>,
  { items, onTop }: FollowOptions,
): { hasNews: boolean; toEnd: () => void } {
  const follower = useRef<EndFollower>(null);
  const [hasNews, setHasNews] = useState(false);
  const reachTop = useEffectEvent(() => onTop?.());
  useEffect(() => {
    if (!scroller.current) return;
    const following = { items, onNews: setHasNews, onTop: () => reachTop() };
    const started = (follower.current = followEnd(scroller.current, following));
    return () => started.stop();
  }, [scroller, items]);
  const toEnd = useCallback(() => follower.current?.toEnd(), []);
  return { hasNews, toEnd };
}
