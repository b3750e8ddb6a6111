import { ChannelRefusal } from '../../errors';
import { verdictOnStatus } from './complaints';

/** What the app's server signed: that one socket may join one channel. */
export interface PusherAuthorization {
  readonly auth: string;
  /** Of presence channels: who joins, as JSON. */
  readonly channel_data?: string | undefined;
}

export interface PusherAuthorizeRequest {
  /** The server's name for the line. Another one with each connection, so no authorisation outlives its line. */
  readonly socketId: string;
  readonly channel: string;
  /** Aborted when nobody wants the channel any more, it took too long, or the line is over. */
  readonly signal: AbortSignal;
}

export interface PusherAuthorizeBatchRequest extends Omit<PusherAuthorizeRequest, 'channel'> {
  readonly channels: readonly string[];
}

/** How the app's server is asked whether a client may join a private or presence channel. */
export interface PusherAuthorizeOptions {
  /** Where `socket_id` and `channel_name` are posted to, form-encoded. In Node an absolute URL. @default '/pusher/auth' */
  authEndpoint?: string | URL | undefined;
  /** What is sent along; a function is called for each request. @default none */
  headers?:
    | Readonly<Record<string, string>>
    | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)
    | undefined;
  /** Whether the endpoint gets cookies: `include` for one of another origin. @default 'same-origin' */
  credentials?: RequestCredentials | undefined;
  /** Asks in a way of your own. Throw a `ChannelRefusal` to say what is to become of the join; after any other error it is tried again. @default a post to `authEndpoint` */
  authorize?: ((request: PusherAuthorizeRequest) => Promise<PusherAuthorization>) | undefined;
  /**
   * Asks for many channels in one request: all that join in the same moment, as they do after each
   * reconnect. Channels that are missing in what it returns are refused for good.
   *
   * @default one request for each channel, at most 6 at a time
   */
  authorizeBatch?:
    | ((
        request: PusherAuthorizeBatchRequest,
      ) => Promise<ReadonlyMap<string, PusherAuthorization> | Readonly<Record<string, PusherAuthorization>>>)
    | undefined;
}

/** Resolves with what to send along with the subscribe. */
export type Authorizer = (channel: string, signal: AbortSignal) => Promise<PusherAuthorization>;

type Asker = (...asked: Parameters<Authorizer>) => Promise<PusherAuthorization | undefined>;

const MAX_IN_FLIGHT = 6;

/** @param ready Nobody is asked before it resolves. */
export function createAuthorizer(options: PusherAuthorizeOptions, socketId: string, ready: Promise<void>): Authorizer {
  const { authorize = (request) => post(options, request), authorizeBatch } = options;
  const waiting: (() => void)[] = [];
  let free = MAX_IN_FLIGHT;
  /** Those who come before it is asked. */
  let group: Asker | undefined;

  const askAlone: Asker = async (channel, signal) => {
    await ready;
    if (free) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      if (signal.aborted) return;
      // Who heeds no signal, and never answers, keeps nobody else waiting.
      const abandoned = new Promise<never>((_, reject) => signal.addEventListener('abort', reject));
      return await Promise.race([authorize({ socketId, channel, signal }), abandoned]);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };

  const gather = (ask: NonNullable<typeof authorizeBatch>): Asker => {
    const controller = new AbortController();
    const channels = new Set<string>();
    const answers = ready.then(async () => {
      group = undefined;
      const { signal } = controller;
      const found = channels.size ? await ask({ socketId, channels: [...channels], signal }) : {};
      return found instanceof Map ? found : new Map(Object.entries(found));
    });
    return async (channel, signal) => {
      channels.add(channel);
      signal.addEventListener('abort', () => {
        channels.delete(channel);
        if (!channels.size) controller.abort();
      });
      return (await answers).get(channel);
    };
  };

  return async (channel, signal) => {
    const ask = authorizeBatch ? (group ??= gather(authorizeBatch)) : askAlone;
    const authorization = await ask(channel, signal);
    if (authorization?.auth) return authorization;
    throw new ChannelRefusal('No `auth` for the channel.');
  };
}

async function post(
  { authEndpoint = '/pusher/auth', headers, credentials = 'same-origin' }: PusherAuthorizeOptions,
  { socketId, channel, signal }: PusherAuthorizeRequest,
): Promise<PusherAuthorization> {
  const response = await fetch(authEndpoint, {
    method: 'POST',
    headers: { accept: 'application/json', ...(typeof headers === 'function' ? await headers() : headers) },
    body: new URLSearchParams({ socket_id: socketId, channel_name: channel }),
    credentials,
    signal,
  });
  const { ok, status } = response;
  if (ok) return response.json() as Promise<PusherAuthorization>; // looked at by the caller
  const verdict = verdictOnStatus(status);
  throw new ChannelRefusal(`authEndpoint answered ${status}.`, { verdict, reason: { status } });
}
