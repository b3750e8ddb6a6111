import type { Server } from 'node:http';
import {
  CHAT_PATH,
  EARLIER,
  PULSE_TOPIC,
  readName,
  ROOMS,
  roomTopic,
  typingTopic,
  userOf,
  type EarlierRequest,
  type MemberInfo,
  type RoomId,
  type Typist,
} from '@tautline-examples/shared';
import { createChannelServer, Refusal, type ChannelOptions, type ChannelServer, type Client } from '@tautline/server';
import type { Config } from '../config';
import { Pulse } from './pulse';
import { Room } from './room';

/** What a room keeps, for who was away for a moment. */
const HISTORY = { size: 100, age: 3_600_000 };

/** The chat's channels: three rooms, a pulse, and no others. */
export interface Chat {
  /** Lets time pass. */
  advance(now: number): void;
  /** Sends everybody away who is in a room, to come back at once. What was said is kept. */
  sendAway(reason: string): void;
  close(options: { readonly timeout: number }): Promise<void>;
}

/** A chat on an HTTP server that there is. */
export function createChat(http: Server, config: Config, isFull: () => boolean): Chat {
  const pulse = new Pulse();
  const rooms = new Map(ROOMS.map((id) => [id, new Room()]));
  const chat: ChannelServer = createChannelServer({
    server: http,
    path: CHAT_PATH,
    origins: config.origins,
    limits: {
      maxPayload: config.maxPayloadBytes,
      pingInterval: 2_000,
      messageBurst: config.burst,
      messagesPerSecond: config.messagesPerSecond,
    },
    // A demo: the token is the name that somebody chose, and whoever says it first or last is that person.
    authorize({ token }) {
      if (isFull()) throw new Refusal('too-many-requests');
      const name = readName(token);
      if (name instanceof Error) throw new Refusal(400, { message: name.message });
      return { user: userOf(name), info: { name } };
    },
    channels: {
      [PULSE_TOPIC]: pulse.channel,
      ...Object.fromEntries([...rooms].flatMap((entry) => Object.entries(channelsOf(entry, () => chat)))),
    },
    rpc: {
      // Every room is open to everybody who is let in, so there is nothing more to check.
      [EARLIER]({ data }) {
        const room = rooms.get((Object(data) as EarlierRequest).room); // whatever it is, a map may be asked for it
        if (!room) throw new Refusal(404, { message: 'There is no such room.' });
        return room.earlier(data);
      },
    },
  });
  return {
    advance: (now) => pulse.advance(now, chat),
    sendAway(reason) {
      for (const { user } of ROOMS.flatMap((room) => chat.presence(roomTopic(room)))) {
        chat.disconnect(user, { code: 3_001, reason });
      }
    },
    close: (options) => chat.close(options),
  };
}

/** The two channels of a room, by topic. */
function channelsOf([id, room]: [RoomId, Room], chat: () => ChannelServer): Record<string, ChannelOptions> {
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
