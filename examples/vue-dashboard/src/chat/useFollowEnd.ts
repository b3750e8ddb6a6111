import { followEnd, type EndFollower } from '@tautline-examples/shared/page';
import { onMounted, onUnmounted, shallowRef, type Ref } from 'vue';

/** Keeps a list at its end while it grows, unless its reader has gone up; says whether something new is down there. */
export function useFollowEnd(scroller: Readonly<Ref<HTMLElement | null>>): {
  hasNews: Ref<boolean>;
  toEnd: () => void;
} {
  const hasNews = shallowRef(false);
  let follower: EndFollower | undefined;
  onMounted(() => {
    if (scroller.value) follower = followEnd(scroller.value, (news) => (hasNews.value = news));
  });
  onUnmounted(() => follower?.stop());
  return { hasNews, toEnd: () => follower?.toEnd() };
}
