import { StopReconnecting } from '../../errors';
import type { ChannelSession } from '../../session';
import { toDataByDefault, type CentrifugoOptions } from './options';
import { keepFresh } from './renewal';
import { createRequests, type Context } from './requests';
import { createSubscriptions, type Subscriptions } from './subscriptions';
import { LINE_INVALIDATED } from './verdicts';
import type { ConnectResult, Method, Reply } from './wire';

export interface CentrifugoSession extends ChannelSession<readonly Reply[]> {
  readonly subscriptions: Subscriptions['all'];
  /** Of the next line: positions told in an earlier one are void. */
  era: number;
}

/** What `call` sends. */
export interface CentrifugoCall {
  readonly method: Method;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Beginning {
  readonly connect: ConnectResult;
  /** The server's own subscriptions of the line before, if they had a member: it was asked to go on with them. */
  readonly before: Subscriptions['all'];
}

/** How late a ping of the server may be, in milliseconds. */
const PING_TOLERANCE = 10_000;

/** Speaks for a line that is connected. */
export function createSession(
  context: Context,
  options: CentrifugoOptions,
  { connect, before }: Beginning,
): CentrifugoSession {
  const { send, fail, clock, signal, era } = context;
  const { toData = toDataByDefault, token } = options;
  const { ping = 0, pong, subs = {} } = connect;
  const requests = createRequests(context);
  const { ask, answer, settle } = requests;
  const { all, adopt, take, join, leave } = createSubscriptions(context, requests, options);

  for (const [topic, result] of Object.entries(subs)) adopt(topic, result, before.get(topic)?.position);
  const stop = keepFresh(connect, {
    clock,
    provide: typeof token === 'function' ? () => token(context) : undefined,
    send: (fresh, renewed) => ask('refresh', { token: fresh }, renewed),
    giveUp: (message, cause) => fail(new StopReconnecting(message, cause)),
  });
  signal.addEventListener('abort', stop);

  return {
    subscriptions: all,
    era,
    closed({ code }) {
      if (code === LINE_INVALIDATED) this.era++;
    },
    idleTimeout: ping > 0 ? ping * 1_000 + PING_TOLERANCE : undefined,
    join,
    leave,
    push({ ref, topic, event, payload }) {
      ask('publish', { channel: topic, data: toData(event, payload) ?? null }, settle(ref));
    },
    call({ ref, command }) {
      const { method, body } = command as CentrifugoCall; // made by `rpc` and its like
      ask(method, body, settle(ref));
    },
    /** Throws once all were heard: what else is in a frame with something wrong is still good. */
    receive(frame) {
      let failure: unknown;
      for (const reply of frame) {
        try {
          if (reply.push) take(reply.push);
          else if (reply.id) answer(reply);
          else if (pong) send({});
        } catch (error) {
          failure ??= error;
        }
      }
      if (failure) throw failure;
    },
  };
}
