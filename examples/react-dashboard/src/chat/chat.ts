/** The chat of this page. Everything that matters about Tautline in it is in this file. */
import {
  CHAT_PATH,
  EARLIER,
  roomTopic,
  typingTopic,
  type EarlierRequest,
  type MemberInfo,
  type RoomEvents,
  type RoomId,
  type TypingEvents,
} from '@tautline-examples/shared';
import {
  ChatStore,
  EMPTY_ROOM,
  getRememberedName,
  LineWatch,
  Outbox,
  showUnreadInTitle,
  trackPulse,
  unreadInAll,
} from '@tautline-examples/shared/page';
import { call } from '@tautline/core';
import { envelope } from '@tautline/core/protocols/envelope';
import { createConnection, useChannel, useEvent, usePresence } from '@tautline/react';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { SERVER } from '../line';

/** What was said, what is on its way, who types: as the rooms' events tell it. */
export const store: ChatStore = new ChatStore(getRememberedName(), new Outbox(localStorage), askEarlier);
showUnreadInTitle(store);
const dock = new LineWatch();

/** In plain JSON. The Vue dashboard's line to the same rooms has `centrifugo(...)` here. */
export const chat = createConnection(`ws://${SERVER}${CHAT_PATH}`, {
  channels: envelope({
    token: () => store.getSnapshot().name ?? '',
    heartbeat: { interval: 2_000, timeout: 2_000 },
  }),
  reconnect: { initialDelay: 300, maxDelay: 3_000 },
  ...dock.options, // for the dock: what it shows of the line and does to it
});

/** For the dock: the line, and what is counted of it on a channel of its own. */
export const pulse = trackPulse(chat);
export const chatLine = dock.over('Chat', chat, pulse);

/** Calls the server, in the words of the envelope. The Vue dashboard has Centrifugo's `rpc(...)` here; nothing else differs. */
function askEarlier(request: EarlierRequest): Promise<unknown> {
  return call(chat, { event: EARLIER, payload: request });
}

/** Stays in a room while mounted, through every reconnect, and writes down what happens there. */
export function useRoomLog(room: RoomId): void {
  const { channel, send, joinReply, recovered } = useChannel<RoomEvents>(roomTopic(room), { connection: chat });
  const { channel: typing } = useChannel<TypingEvents>(typingTopic(room), { connection: chat });
  useEvent(channel, 'message', (message) => store.hear(room, message));
  useEvent(typing, 'typing', (typist) => store.hearTyping(room, typist));
  useEffect(() => store.enter(room, joinReply, recovered), [room, joinReply, recovered]);
  useEffect(() => store.resume(room, send), [room, send]); // what a reload of the page interrupted
}

/** The same membership, for who shows the room and says something in it. */
export function useRoom(room: RoomId) {
  const { channel, send, status, error } = useChannel<RoomEvents>(roomTopic(room), { connection: chat });
  const { send: sendTyping } = useChannel<TypingEvents>(typingTopic(room), { connection: chat });
  const members = usePresence<MemberInfo>(channel);
  const state = useChat(({ rooms }) => rooms.get(room) ?? EMPTY_ROOM);
  const actions = useMemo(
    () => ({
      write: (text: string) => store.write(room, text, sendTyping),
      /** Shown at once, delivered when the line lets it, exactly once. */
      say: () => store.say(room, send),
      loadEarlier: () => void store.loadEarlier(room),
      fillGap: (after: number) => void store.fillGap(room, after),
      retry: (id: string) => store.retry(room, id, send),
      edit: (id: string) => store.edit(room, id),
      discard: (id: string) => store.discard(room, id),
    }),
    [room, send, sendTyping],
  );
  return { status, error, members, state, actions };
}

/** A part of what the page knows of the chat. */
export function useChat<T>(select: (state: ReturnType<typeof store.getSnapshot>) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.getSnapshot()));
}

export const useUnread = (): number => useChat(unreadInAll);
