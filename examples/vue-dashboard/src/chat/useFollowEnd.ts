import { followEnd, type EndFollower } from '@tautline-examples/shared/page';
import { onMounted, onUnmounted, shallowRef, type Ref } from 'vue';

/**
 * Keeps a list at its end while it grows, and its reader in place who has gone up; says whether something new is
 * down there, and calls `onTop` when the reader wants what is earlier.
 */
export function useFollowEnd(
  scroller: Readonly<Ref<HTMLElement | null>>,
  onTop: () => void,
): { hasNews: Ref<boolean>; toEnd: () => void } {
  const hasNews = shallowRef(false);
  let follower: EndFollower | undefined;
  onMounted(() => {
    if (!scroller.value) return;
    follower = followEnd(scroller.value, { items: '.message', onNews: (news) => (hasNews.value = news), onTop });
  });
  onUnmounted(() => follower?.stop());
  return { hasNews, toEnd: () => follower?.toEnd() };
}
