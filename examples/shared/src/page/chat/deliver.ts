import { ConnectionClosedError, type Channel } from '@tautline/core';
import type { Draft, EarlierRequest, RoomEvents, TypingEvents } from '../../chat/protocol';

export type SendToRoom = Channel<RoomEvents>['send'];
export type SendTyping = Channel<TypingEvents>['send'];
/** Calls the server for what was said earlier, in the words of the line's protocol. */
export type AskEarlier = (request: EarlierRequest) => Promise<unknown>;

/**
 * Posts a message however often the line is lost. While it is down the message waits for its turn. When it was lost
 * before the reply, the message may have arrived: it is sent again with the id it had, and published once.
 *
 * @throws {ChannelError} when the server refused it
 */
export async function deliver(send: SendToRoom, draft: Draft): Promise<void> {
  for (;;) {
    try {
      await send('post', draft, { timeout: Infinity });
      return;
    } catch (error) {
      if (!(error instanceof ConnectionClosedError)) throw error;
    }
  }
}
