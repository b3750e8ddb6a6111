import type { RoomPage } from '../../chat/protocol';
import { isKnown, withMessages, type Gap, type RoomState } from './roomState';

/** Adds the newest page of who comes back and has not recovered: where it does not reach what is known here, it leaves a gap. */
export function withNewest(room: RoomState, page: RoomPage, me: string): RoomState {
  const [first] = page.messages;
  const after = room.messages.filter(({ at }) => at < (first?.at ?? Infinity)).at(-1)?.at;
  const joined = withMessages(room, page.messages, me);
  if (after === undefined || (first && isKnown(room, first))) return joined;
  return withGap(joined, { after, status: page.hasEarlier ? 'open' : 'gone' });
}

/** Adds a page that ends where the gap does, which then is smaller, closed, or as small as the server can make it. */
export function withFilling(room: RoomState, after: number, { messages, hasEarlier }: RoomPage, me: string): RoomState {
  const filled = withMessages(room, messages, me);
  if (messages.some(({ at }) => at <= after)) return withoutGap(filled, after);
  return hasEarlier ? filled : withGap(filled, { after, status: 'gone' });
}

/** Adds a gap, or says anew how it is. */
export function withGap(room: RoomState, gap: Gap): RoomState {
  return { ...room, gaps: [...withoutGap(room, gap.after).gaps, gap] };
}

/** The time of the message that ends a gap; `undefined` when there is nothing to fill any more. */
export function endOf({ gaps, messages }: RoomState, after: number): number | undefined {
  const isFilling = gaps.some((gap) => gap.after === after && gap.status === 'filling');
  return isFilling ? messages.find(({ at }) => at > after)?.at : undefined;
}

function withoutGap(room: RoomState, after: number): RoomState {
  return { ...room, gaps: room.gaps.filter((gap) => gap.after !== after) };
}
