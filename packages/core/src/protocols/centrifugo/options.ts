import type { AttemptContext } from '../../options';
import type { PresenceEntry } from '../../session';
import type { ClientInfo, ConnectResult, Publication } from './wire';

/** What a publication means to a channel. */
export interface NamedEvent {
  readonly event: string;
  readonly payload: unknown;
}

/** For which channel a token is asked. */
export interface SubscriptionTokenContext {
  readonly channel: string;
  /** Aborted when nobody wants the channel any more, it took too long, or the line is over. */
  readonly signal: AbortSignal;
}

export interface CentrifugoOptions {
  /**
   * Says who connects. A function is asked again before every attempt, and before the token expires; throw
   * `StopReconnecting` from it to give up. A string that has expired ends the connection.
   *
   * @default none
   */
  token?: string | ((context: AttemptContext) => string | Promise<string>) | undefined;
  /** What the backend gets with the connection. A function is called again before every attempt. @default none */
  data?: unknown;
  /**
   * Asked before every join and before a subscription expires; `undefined` for a channel that needs none. Throw a
   * `ChannelRefusal` from it to refuse. A `token` in the channel's params wins.
   *
   * @default none
   */
  subscriptionToken?:
    | ((context: SubscriptionTokenContext) => string | undefined | Promise<string | undefined>)
    | undefined;
  /** Whether to follow who is in a channel, which has to be allowed there. @default false */
  presence?: boolean | ((channel: string) => boolean) | undefined;
  /** What a publication means. @default an object with `event` and `payload` is that event, anything else the event `publication` */
  toEvent?: ((data: unknown, publication: Publication) => NamedEvent) | undefined;
  /** What is published for an event. @default `{ event, payload }`; of the event `publication`, the payload alone */
  toData?: ((event: string, payload: unknown) => unknown) | undefined;
  /** Hears the server's answer to each connect: `client`, and what the backend has to say in `data`. @default none */
  onConnect?: ((result: ConnectResult) => void) | undefined;
}

/** What a channel's `params` may hold. */
export interface CentrifugoParams {
  /** Of this channel. To have it renewed, give `params` as a function, or the option `subscriptionToken` instead. @default none */
  token?: string | undefined;
  /** What the backend gets with the subscription. @default none */
  data?: unknown;
  /** Whether to follow who is there. @default the protocol's `presence` */
  presence?: boolean | undefined;
  /** Asks for news of who comes and goes. Without it `presence` is a picture of the moment of joining. @default as `presence` */
  joinLeave?: boolean | undefined;
  /** Asks the server to watch that nothing is skipped. @default as the server has it */
  positioned?: boolean | undefined;
  /** Asks for a channel to recover. @default as the server has it */
  recoverable?: boolean | undefined;
}

/** Of a publication that is no named event, and of what is to be published as it is. */
const PLAIN = 'publication';

export const toEventByDefault = (data: unknown): NamedEvent => {
  const { event, payload, ...others } = Object(data) as { event?: unknown; payload?: unknown }; // of anything else, nothing is read
  const isNamed = typeof event === 'string' && payload !== undefined && !Object.keys(others).length; // or something would be dropped
  return isNamed ? { event, payload } : { event: PLAIN, payload: data };
};

/** JSON drops `undefined`, and with it what makes a named event one. */
export const toDataByDefault = (event: string, payload: unknown = null): unknown =>
  event === PLAIN ? payload : { event, payload };

/** Connections of one user are one member; each anonymous connection is a member of its own. */
export const entryOf = ({ user, client, conn_info, chan_info }: ClientInfo): PresenceEntry => ({
  id: user || client,
  ref: client,
  // Both are about the same member; where they name the same thing, the channel's word counts.
  info: conn_info && chan_info ? { ...conn_info, ...chan_info } : (chan_info ?? conn_info),
});
