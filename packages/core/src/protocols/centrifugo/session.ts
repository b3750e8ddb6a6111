import type { ChannelSession } from '../../session';
import { toDataByDefault, type CentrifugoOptions } from './options';
import type { Context, Requests } from './requests';
import type { Subscriptions } from './subscriptions';
import type { ConnectResult, Method, Reply } from './wire';

export interface CentrifugoSession extends ChannelSession<readonly Reply[]> {
  readonly subscriptions: Subscriptions['all'];
  readonly era: number;
}

/** What `call` sends. */
export interface CentrifugoCall {
  readonly method: Method;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How late a ping of the server may be, in milliseconds. */
const PING_TOLERANCE = 10_000;

/** Speaks for a line that is connected. */
export function createSession(
  { send, ask, answer, settle, join, leave, take, all }: Pick<Context, 'send'> & Requests & Subscriptions,
  { ping, pong }: ConnectResult,
  { toData = toDataByDefault }: CentrifugoOptions,
): Omit<CentrifugoSession, 'era'> {
  const hear = (reply: Reply) => {
    if (reply.push) take(reply.push);
    else if (reply.id) answer(reply);
    else if (pong) send({});
  };

  return {
    subscriptions: all,
    idleTimeout: ping ? ping * 1_000 + PING_TOLERANCE : undefined,
    join,
    leave,
    push({ ref, topic, event, payload }) {
      ask('publish', { channel: topic, data: toData(event, payload) ?? null }, settle(ref));
    },
    call({ ref, command }) {
      const { method, body } = command as CentrifugoCall; // made by `rpc` and its like
      ask(method, body, settle(ref));
    },
    receive(frame) {
      const failures: unknown[] = [];
      for (const reply of frame) {
        try {
          hear(reply);
        } catch (error) {
          failures.push(error); // what else is in the frame is still good
        }
      }
      if (failures.length) throw failures[0];
    },
  };
}
