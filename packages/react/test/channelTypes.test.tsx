import { describe, expectTypeOf, it } from 'vitest';
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
const events = { message: z.object({ text: z.string() }), typing: z.string() };
/** Checked by the compiler and never called: hooks want a component. */
const typesOnly = (_hooks: () => void) => {};

describe('useChannel', () => {
  it('knows the events that are named', () => {
    typesOnly(() => {
      const room = useChannel<Chat>('room', {
        on: {
          message: (payload) => expectTypeOf(payload).toEqualTypeOf<{ text: string }>(),
          typing: (name) => expectTypeOf(name).toEqualTypeOf<string>(),
          '*': (message) => expectTypeOf(message).toEqualTypeOf<ChatMessage>(),
          invalid: ({ event }) => expectTypeOf(event).toEqualTypeOf<string>(),
        },
      });
      expectTypeOf(room.data).toEqualTypeOf<ChatMessage | undefined>();
      expectTypeOf(room.channel).toEqualTypeOf<Channel<Chat> | null>();
      expectTypeOf(room.status).toEqualTypeOf<ChannelSnapshot['status']>();
      void room.send('typing', 'ann');
      // @ts-expect-error -- no such event
      void room.send('shout', 'ann');
      // @ts-expect-error -- no such payload
      void room.send('message', 'ann');
      // @ts-expect-error -- no such event
      useChannel<Chat>('room', { on: { shout: () => {} } });
      if (room.data?.event === 'message') expectTypeOf(room.data.payload).toEqualTypeOf<{ text: string }>();
    });
  });

  it('infers the events from their schemas', () => {
    typesOnly(() => {
      const room = useChannel('room', {
        events,
        on: { message: ({ text }) => expectTypeOf(text).toEqualTypeOf<string>() },
        collect: keepLast<ChatMessage>(3),
        select: (kept) => kept.map(({ event }) => event),
      });
      expectTypeOf(room.data).toEqualTypeOf<('message' | 'typing')[]>();
      expectTypeOf(room.send).parameter(0).toEqualTypeOf<'message' | 'typing'>();
      // @ts-expect-error -- no such event
      useChannel('room', { events, on: { shout: () => {} } });
    });
  });

  it('infers data from what is collected', () => {
    typesOnly(() => {
      expectTypeOf(useChannel('room', { events, collect: keepLast<ChatMessage>(3) }).data).toEqualTypeOf<
        readonly ChatMessage[]
      >();
      const counted = countBy(({ event }: ChatMessage) => event);
      expectTypeOf(useChannel('room', { events, collect: counted }).data).toEqualTypeOf<
        ReadonlyMap<ChatMessage['event'], number>
      >();
      const length = reduce(
        (sum: number, { payload }: ChannelMessage<Record<string, unknown>>) => sum + String(payload).length,
        0,
      );
      expectTypeOf(useChannel('room', { collect: length }).data).toEqualTypeOf<number>();
      const own = { initial: () => 0, add: (count: number) => count + 1 };
      expectTypeOf(useChannel('room', { collect: own }).data).toEqualTypeOf<number>();
    });
  });

  it('takes the type of data beside the named events', () => {
    typesOnly(() => {
      const kept = useChannel<Chat, readonly ChatMessage[]>('room', { collect: keepLast(3) });
      expectTypeOf(kept.data).toEqualTypeOf<readonly ChatMessage[]>();
      const sum = useChannel<Chat, number>('room', { collect: reduce((count: number) => count + 1, 0) });
      expectTypeOf(sum.data).toEqualTypeOf<number>();
      const byEvent = useChannel<Chat, ReadonlyMap<string, ChatMessage>, number>('room', {
        collect: keyBy(({ event }) => event),
        select: (all) => all.size,
      });
      expectTypeOf(byEvent.data).toEqualTypeOf<number>();
      // @ts-expect-error -- that is not what is collected
      useChannel<Chat, number>('room', { collect: keepLast(3) });
    });
  });

  it('knows nothing of payloads that nobody described', () => {
    typesOnly(() => {
      const { data, send } = useChannel('room', {
        on: {
          anything: (payload) => expectTypeOf(payload).toBeUnknown(),
          vouched: (payload: { text: string }) => payload.text,
          '*': (message) => expectTypeOf(message).toEqualTypeOf<ChannelMessage<Record<string, unknown>>>(),
        },
      });
      expectTypeOf(data).toEqualTypeOf<ChannelMessage<Record<string, unknown>> | undefined>();
      void send('anything', 1);
    });
  });

  it('takes any connection with or without a topic, and refuses options that are none', () => {
    typesOnly(() => {
      const connection = createConnection<{ a: 1 }, { b: 2 }>('/ws');
      useChannel(null as string | null, { connection, params: { since: 1 }, joinTimeout: 5_000, rejoin: false });
      useChannel('room', { connection: null, enabled: false, flush: 100 });
      // @ts-expect-error -- no such option
      useChannel('room', { codec: null });
      // @ts-expect-error -- no connection
      useChannel('room', { connection: '/ws' });
    });
  });
});

it('useEvent knows the payload of each event', () => {
  typesOnly(() => {
    const room = channel<Chat>(createConnection('/ws'), 'room');
    useEvent(room, 'message', ({ text }) => expectTypeOf(text).toEqualTypeOf<string>());
    useEvent(room, '*', (message) => expectTypeOf(message).toEqualTypeOf<ChatMessage>());
    useEvent(room, 'invalid', ({ payload }) => expectTypeOf(payload).toBeUnknown());
    useEvent(useChannel<Chat>('room').channel, 'typing', (name) => expectTypeOf(name).toEqualTypeOf<string>());
    useEvent(useChannel('room').channel, 'anything', (payload) => expectTypeOf(payload).toBeUnknown());
    // @ts-expect-error -- no such event
    useEvent(room, 'shout', () => {});
  });
});

it('usePresence takes the type of what is told of its members', () => {
  typesOnly(() => {
    const { channel: room } = useChannel<Chat>('room');
    expectTypeOf(usePresence(room)).toEqualTypeOf<readonly PresenceMember[]>();
    expectTypeOf(usePresence<{ name: string }>(room)).toEqualTypeOf<readonly PresenceMember<{ name: string }>[]>();
    expectTypeOf(usePresence(null)).toEqualTypeOf<readonly PresenceMember[]>();
  });
});

it('useOnReconnect tells of reconnections', () => {
  typesOnly(() => useOnReconnect((reconnection) => expectTypeOf(reconnection).toEqualTypeOf<Reconnection>()));
});
