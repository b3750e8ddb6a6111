import { followEnd, type EndFollower } from '@tautline-examples/shared/page';
import { onMounted, onUnmounted, shallowRef, type Ref } from 'vue';

interface FollowOptions {
  /** The items that keep their place for the reader, as a selector. */
  readonly items: string;
  /** Called when the reader comes near to the top. */
  readonly onTop?: () => void;
}

/** Keeps a list at its end while it grows, and its reader in place who has gone up; says whether something new is down there. */
export function useFollowEnd(
  scroller: Readonly<Ref<HTMLElement | null>>,
  { items, onTop }: FollowOptions,
): { hasNews: Ref<boolean>; toEnd: () => void } {
  const hasNews = shallowRef(false);
  let follower: EndFollower | undefined;
  onMounted(() => {
    if (scroller.value)
      follower = followEnd(scroller.value, { items, onTop, onNews: (news) => (hasNews.value = news) });
  });
  onUnmounted(() => follower?.stop());
  return { hasNews, toEnd: () => follower?.toEnd() };
}
