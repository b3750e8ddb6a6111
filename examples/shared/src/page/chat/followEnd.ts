export interface EndFollower {
  /** Goes to the end, and stays there. */
  toEnd(): void;
  stop(): void;
}

/** How near to the end counts as being there, in pixels. */
const NEAR = 8;

/**
 * Keeps a scrolling element, whose only child is a list, at its end while the list grows; but leaves it alone while
 * its reader looks at something further up.
 *
 * @param onNews Called with `true` when something was added meanwhile, and with `false` at the end.
 */
export function followEnd(scroller: HTMLElement, onNews: (hasNews: boolean) => void): EndFollower {
  const list = scroller.firstElementChild as HTMLElement; // the list
  let isAtEnd = true;
  let lastTop = 0;
  let count = list.childElementCount;

  const toEnd = () => {
    isAtEnd = true;
    scroller.scrollTop = scroller.scrollHeight;
    onNews(false);
  };
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR;
    if (isNear && !isAtEnd) onNews(false);
    // Only who went up has left the end: the list may have grown since the last scroll of our own.
    isAtEnd = isNear || (isAtEnd && scrollTop >= lastTop);
    lastTop = scrollTop;
  };
  const resized = () => {
    const hasGrown = list.childElementCount > count;
    count = list.childElementCount;
    if (isAtEnd) toEnd();
    else if (hasGrown) onNews(true);
  };

  const observer = new ResizeObserver(resized);
  observer.observe(scroller);
  observer.observe(list);
  scroller.addEventListener('scroll', scrolled, { passive: true });
  return {
    toEnd,
    stop() {
      observer.disconnect();
      scroller.removeEventListener('scroll', scrolled);
    },
  };
}
