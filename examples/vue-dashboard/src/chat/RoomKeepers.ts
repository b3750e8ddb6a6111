import { ROOMS } from '@tautline-examples/shared';
import { defineComponent } from 'vue';
import { useRoomLog } from './chat';

/** Stays in every room for as long as somebody uses the page, whichever tab is open. Shows nothing. */
export const RoomKeepers = defineComponent(() => {
  for (const room of ROOMS) useRoomLog(room);
  return () => null;
});
