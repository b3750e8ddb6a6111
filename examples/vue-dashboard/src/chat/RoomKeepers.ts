import { ROOMS } from '@tautline-examples/shared';
import { keepProbing } from '@tautline-examples/shared/page';
import { defineComponent, onMounted, onUnmounted } from 'vue';
import { chatLine, pulse, useRoomLog } from './chat';

/** Stays in every room for as long as somebody uses the page, whichever tab is open. Shows nothing. */
export const RoomKeepers = defineComponent(() => {
  for (const room of ROOMS) useRoomLog(room);
  let releases: (() => void)[] = [];
  onMounted(() => (releases = [pulse.retain(), keepProbing(chatLine)]));
  onUnmounted(() => releases.forEach((release) => release()));
  return () => null;
});
