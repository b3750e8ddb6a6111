import { ROOMS, type RoomId } from '../../chat/protocol';
import { userOf } from '../../chat/readInput';
import { EMPTY_ROOM, unreadOf, type RoomState } from './roomState';

/** What this page knows of the chat. Immutable. */
export interface ChatState {
  /** The name of who uses this page; `null` before they chose one. */
  readonly name: string | null;
  /** The room that is shown, or was shown last. */
  readonly room: RoomId;
  /** Whether the chat is what the page shows. */
  readonly isShown: boolean;
  /** Whether the page itself is on the screen: behind another tab of the browser nothing is read. */
  readonly isLooking: boolean;
  readonly rooms: ReadonlyMap<RoomId, RoomState>;
}

export const NOBODY: ChatState = {
  name: null,
  room: 'general',
  isShown: false,
  isLooking: true,
  rooms: new Map(ROOMS.map((room) => [room, EMPTY_ROOM])),
};

/** Whether the room is really before somebody's eyes. */
export const isSeen = ({ isShown, isLooking }: ChatState): boolean => isShown && isLooking;

/** How many messages wait to be read in all rooms. */
export const unreadInAll = ({ rooms, name }: ChatState): number =>
  [...rooms.values()].reduce((sum, room) => sum + unreadOf(room, userOf(name ?? '')), 0);
