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
  type ChatState,
} from '@tautline-examples/shared/page';
import { centrifugo, rpc } from '@tautline/core/protocols/centrifugo';
import { createConnection, useChannel, useEvent, usePresence } from '@tautline/vue';
import { computed, onMounted, shallowRef, watch, type ComputedRef } from 'vue';
import { SERVER } from '../line';

/** What was said, what is on its way, who types: as the rooms' events tell it. */
export const store: ChatStore = new ChatStore(getRememberedName(), new Outbox(localStorage), askEarlier);
showUnreadInTitle(store);
const dock = new LineWatch();

/** In Centrifugo's protocol. The React dashboard's line to the same rooms has `envelope(...)` here. */
export const chat = createConnection(`ws://${SERVER}${CHAT_PATH}`, {
  channels: centrifugo({
    token: () => store.getSnapshot().name ?? '',
    presence: (channel) => channel.startsWith('room:'),
  }),
  idleTimeout: 4_000, // the server pings every two seconds
  reconnect: { initialDelay: 300, maxDelay: 3_000 },
  ...dock.options, // for the dock: what it shows of the line and does to it
});

/** For the dock: the line, and what is counted of it on a channel of its own. */
export const pulse = trackPulse(chat);
export const chatLine = dock.over('Chat', chat, pulse);

/** Calls the server, as Centrifugo's clients do. The React dashboard has the envelope's `call(...)` here; nothing else differs. */
function askEarlier(request: EarlierRequest): Promise<unknown> {
  return rpc(chat, EARLIER, request);
}

/** Stays in a room while mounted, through every reconnect, and writes down what happens there. */
export function useRoomLog(room: RoomId): void {
  const { channel, send, joinReply, recovered } = useChannel<RoomEvents>(roomTopic(room), { connection: chat });
  const { channel: typing } = useChannel<TypingEvents>(typingTopic(room), { connection: chat });
  useEvent(channel, 'message', (message) => store.hear(room, message));
  useEvent(typing, 'typing', (typist) => store.hearTyping(room, typist));
  watch(joinReply, (reply) => store.enter(room, reply, recovered.value));
  onMounted(() => store.resume(room, send)); // what a reload of the page interrupted
}

/** The same membership, for who shows the room and says something in it. */
export function useRoom(room: () => RoomId) {
  const topic = () => roomTopic(room());
  const { channel, send, status, error } = useChannel<RoomEvents>(topic, { connection: chat });
  const typing = useChannel<TypingEvents>(() => typingTopic(room()), { connection: chat });
  return {
    status,
    error,
    members: usePresence<MemberInfo>(channel),
    state: useChat(({ rooms }) => rooms.get(room()) ?? EMPTY_ROOM),
    write: (text: string) => store.write(room(), text, typing.send),
    /** Shown at once, delivered when the line lets it, exactly once. */
    say: () => store.say(room(), send),
    loadEarlier: () => void store.loadEarlier(room()),
    fillGap: (after: number) => void store.fillGap(room(), after),
    retry: (id: string) => store.retry(room(), id, send),
    edit: (id: string) => store.edit(room(), id),
    discard: (id: string) => store.discard(room(), id),
  };
}

const known = shallowRef(store.getSnapshot());
store.subscribe(() => (known.value = store.getSnapshot()));

/** A part of what the page knows of the chat. */
export const useChat = <T>(select: (state: ChatState) => T): ComputedRef<T> => computed(() => select(known.value));
