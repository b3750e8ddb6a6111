export interface EndFollower {
  /** Goes to the end, and stays there. */
  toEnd(): void;
  stop(): void;
}

export interface Following {
  /** The items that keep their place for the reader, from top to bottom; others may come and go. */
  readonly items: string;
  /** Called with `true` when something was added at the end meanwhile, and with `false` at the end. */
  onNews(hasNews: boolean): void;
  /** Called when the reader comes near to the top. @default nothing happens */
  onTop?: (() => void) | undefined;
}

/** How near to the end counts as being there, and how near to the top as wanting more, in pixels. */
const NEAR = 8;
const SOON = 240;

/**
 * Keeps a scrolling element, whose only child is a list, at its end while the list grows; but leaves its reader in
 * place who looks at something further up, whatever is added above and below. Turn the browser's own anchoring off
 * (`overflow-anchor: none`): it does nothing at the very top, and Safari has none.
 */
export function followEnd(scroller: HTMLElement, { items, onNews, onTop }: Following): EndFollower {
  const list = scroller.firstElementChild as HTMLElement; // the list
  let isAtEnd = true;
  let lastTop = 0;
  let last = list.lastElementChild;
  let anchor: { readonly item: Element; readonly top: number } | null = null;

  const topOf = (item: Element) => item.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
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
    const item = firstBelow(list.querySelectorAll(items), scroller.getBoundingClientRect().top);
    anchor = item && { item, top: topOf(item) };
    if (!isAtEnd && scrollTop < SOON) onTop?.();
  };
  const resized = () => {
    const isLonger = list.lastElementChild !== last;
    last = list.lastElementChild;
    if (isAtEnd) return toEnd();
    if (anchor?.item.isConnected) scroller.scrollTop += topOf(anchor.item) - anchor.top;
    if (isLonger) onNews(true);
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

/** The first of many items, one below the other, that ends below `y`. */
function firstBelow(items: NodeListOf<Element>, y: number): Element | null {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.getBoundingClientRect().bottom ?? 0) > y) high = middle;
    else low = middle + 1;
  }
  return items[low] ?? null;
}
