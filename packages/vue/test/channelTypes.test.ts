import { describe, expectTypeOf, it } from 'vitest';
import { computed, ref, type Ref } from 'vue';
import { z } from 'zod';
import {
  channel,
  countBy,
  createConnection,
  keepLast,
  keyBy,
  reduce,
  useChannel,
  useEvent,
  useOnReconnect,
  usePresence,
  useWebSocket,
  type Channel,
  type ChannelMessage,
  type ChannelSnapshot,
  type PresenceMember,
  type Reconnection,
} from '../src';

interface Chat {
  message: { text: string };
  typing: string;
}
type ChatMessage = ChannelMessage<Chat>;
type AnyMessage = ChannelMessage<Record<string, unknown>>;
const events = { message: z.object({ text: z.string() }), typing: z.string() };

/** Never called: only its types count. */
function named() {
  const room = useChannel<Chat>('room', {
    on: {
      message: (payload) => expectTypeOf(payload).toEqualTypeOf<{ text: string }>(),
      typing: (name) => expectTypeOf(name).toEqualTypeOf<string>(),
      '*': (message) => expectTypeOf(message).toEqualTypeOf<ChatMessage>(),
      invalid: ({ event }) => expectTypeOf(event).toEqualTypeOf<string>(),
    },
  });
  expectTypeOf(room.data).toEqualTypeOf<Readonly<Ref<ChatMessage | undefined>>>();
  expectTypeOf(room.channel).toEqualTypeOf<Readonly<Ref<Channel<Chat> | null>>>();
  expectTypeOf(room.status).toEqualTypeOf<Readonly<Ref<ChannelSnapshot['status']>>>();
  // @ts-expect-error readonly
  room.status.value = 'joined';
  void room.send('typing', 'ann');
  // @ts-expect-error no such event
  void room.send('shout', 'ann');
  // @ts-expect-error no such payload
  void room.send('message', 'ann');
  // @ts-expect-error no such event
  useChannel<Chat>('room', { on: { shout: () => {} } });

  const kept = useChannel<Chat, readonly ChatMessage[]>('room', { collect: keepLast(3) });
  expectTypeOf(kept.data.value).toEqualTypeOf<readonly ChatMessage[]>();
  const byEvent = useChannel<Chat, ReadonlyMap<string, ChatMessage>, number>('room', {
    collect: keyBy(({ event }) => event),
    select: (all) => all.size,
  });
  expectTypeOf(byEvent.data.value).toEqualTypeOf<number>();
  // @ts-expect-error that is not what is collected
  useChannel<Chat, number>('room', { collect: keepLast(3) });
}

function inferred() {
  const room = useChannel('room', {
    events,
    on: { message: ({ text }) => expectTypeOf(text).toEqualTypeOf<string>() },
    collect: keepLast<ChatMessage>(3),
    select: (all) => all.map(({ event }) => event),
  });
  expectTypeOf(room.data.value).toEqualTypeOf<('message' | 'typing')[]>();
  expectTypeOf(room.send).parameter(0).toEqualTypeOf<'message' | 'typing'>();
  // @ts-expect-error no such event
  useChannel('room', { events, on: { shout: () => {} } });

  const counted = useChannel('room', { events, collect: countBy(({ event }: ChatMessage) => event) });
  expectTypeOf(counted.data.value).toEqualTypeOf<ReadonlyMap<ChatMessage['event'], number>>();
  const length = reduce((sum: number, { payload }: AnyMessage) => sum + String(payload).length, 0);
  expectTypeOf(useChannel('room', { collect: length }).data.value).toEqualTypeOf<number>();
  const own = { initial: () => 0, add: (count: number) => count + 1 };
  expectTypeOf(useChannel('room', { collect: own }).data.value).toEqualTypeOf<number>();
}

function untyped() {
  const { data, send } = useChannel('room', {
    on: {
      anything: (payload) => expectTypeOf(payload).toBeUnknown(),
      vouched: (payload: { text: string }) => payload.text,
      '*': (message) => expectTypeOf(message).toEqualTypeOf<AnyMessage>(),
    },
  });
  expectTypeOf(data.value).toEqualTypeOf<AnyMessage | undefined>();
  void send('anything', 1);
}

function options() {
  const connection = createConnection<{ a: 1 }, { b: 2 }>('/ws');
  useChannel(
    computed(() => 'room'),
    { connection, params: { since: 1 }, joinTimeout: 5_000, rejoin: false },
  );
  useChannel(ref<string | null>(null), { connection: () => null, enabled: ref(false), flush: 100 });
  useChannel(() => undefined, { connection: useWebSocket(ref<string | null>(null)).connection });
  // @ts-expect-error no such option
  useChannel('room', { codec: null });
  // @ts-expect-error no connection
  useChannel('room', { connection: '/ws' });
  // @ts-expect-error no topic
  useChannel(ref(5));
}

function composables() {
  const room = channel<Chat>(createConnection('/ws'), 'room');
  useEvent(room, 'message', ({ text }) => expectTypeOf(text).toEqualTypeOf<string>());
  useEvent(
    () => room,
    '*',
    (message) => expectTypeOf(message).toEqualTypeOf<ChatMessage>(),
  );
  useEvent(room, 'invalid', ({ payload }) => expectTypeOf(payload).toBeUnknown());
  useEvent(useChannel<Chat>('room').channel, 'typing', (name) => expectTypeOf(name).toEqualTypeOf<string>());
  // @ts-expect-error no such event
  useEvent(room, 'shout', () => {});

  expectTypeOf(usePresence(useChannel<Chat>('room').channel)).toEqualTypeOf<Readonly<Ref<readonly PresenceMember[]>>>();
  expectTypeOf(usePresence<{ name: string }>(room).value).toEqualTypeOf<readonly PresenceMember<{ name: string }>[]>();
  useOnReconnect((reconnection) => expectTypeOf(reconnection).toEqualTypeOf<Reconnection>());
}

describe('types', () => {
  it.each([named, inferred, untyped, options, composables])('follow from events, collect and select: $name', (use) => {
    expectTypeOf(use).toBeFunction();
  });
});
