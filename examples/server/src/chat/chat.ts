import type { Server } from 'node:http';
import {
  CHAT_PATH,
  readName,
  ROOMS,
  roomTopic,
  typingTopic,
  userOf,
  type MemberInfo,
  type RoomId,
  type Typist,
} from '@tautline-examples/shared';
import { createChannelServer, Refusal, type ChannelOptions, type ChannelServer, type Client } from '@tautline/server';
import type { Config } from '../config';
import { Room } from './room';

/** What a room keeps, for who was away for a moment. */
const HISTORY = { size: 100, age: 3_600_000 };

/** A chat on an HTTP server that there is: three rooms, and no others. */
export function createChat(http: Server, { origins, maxPayloadBytes }: Config, isFull: () => boolean): ChannelServer {
  const chat: ChannelServer = createChannelServer({
    server: http,
    path: CHAT_PATH,
    origins,
    limits: { maxPayload: maxPayloadBytes, pingInterval: 2_000 },
    // A demo: the token is the name that somebody chose, and whoever says it first or last is that person.
    authorize({ token }) {
      if (isFull()) throw new Refusal('too-many-requests');
      const name = readName(token);
      if (name instanceof Error) throw new Refusal(400, { message: name.message });
      return { user: userOf(name), info: { name } };
    },
    channels: Object.fromEntries(ROOMS.flatMap((room) => Object.entries(channelsOf(room, () => chat)))),
  });
  return chat;
}

/** Sends everybody away who is in a room, to come back at once. What was said is kept. */
export function sendAway(chat: ChannelServer, reason: string): void {
  for (const { user } of ROOMS.flatMap((room) => chat.presence(roomTopic(room)))) {
    chat.disconnect(user, { code: 3_001, reason });
  }
}

/** The two channels of a room, by topic. */
function channelsOf(id: RoomId, chat: () => ChannelServer): Record<string, ChannelOptions> {
  const room = new Room();
  return {
    [roomTopic(id)]: {
      presence: true,
      history: HISTORY,
      authorize: () => ({ data: room.entry }),
      events: {
        post({ client, channel, payload }) {
          const { message, isNew } = room.post(payload, authorOf(client), Date.now());
          if (isNew) chat().publish(channel, message, { event: 'message' });
          return message;
        },
      },
    },
    [typingTopic(id)]: {
      history: false,
      events: {
        keystroke({ client, channel }) {
          const { user: from, name } = authorOf(client);
          chat().publish(channel, { from, name } satisfies Typist, { event: 'typing' });
        },
      },
    },
  };
}

function authorOf({ user, info }: Client) {
  const { name } = info as MemberInfo; // given above, to everybody who is let in
  return { user, name };
}
