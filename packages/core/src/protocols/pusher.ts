import { InvalidOptionError, StopReconnecting } from '../errors';
import type { ChannelProtocol } from '../options';
import { pusherCodec, type PusherFrame } from './pusher/frames';
import { complaintIn, verdictOnCode, wordsOf } from './pusher/complaints';
import { createSession, type PusherSessionOptions } from './pusher/session';

export type { PusherAuthorization, PusherAuthorizeBatchRequest, PusherAuthorizeRequest } from './pusher/authorize';
export type { PusherFrame } from './pusher/frames';

export interface PusherOptions extends PusherSessionOptions {
  /** Which app it is; servers have many. */
  key: string;
  /** How often a ping is sent, in milliseconds; the server may ask for it to be more often. @default 120_000 */
  activityTimeout?: number | undefined;
  /** How long to wait for any message after a ping before the line is dead, in milliseconds. @default 30_000 */
  pongTimeout?: number | undefined;
}

/** Of this client, for the statistics of servers. */
const VERSION = '1';

/**
 * The Pusher protocol, version 7: Pusher Channels, Laravel Reverb, soketi, Sockudo. Delivers at most once: nothing is
 * replayed after a rejoin.
 *
 * The URL is that of the server alone, `wss://ws-eu.pusher.com` or `wss://example.com:8080`; the rest of it is added.
 *
 * @throws {InvalidOptionError} without a key, which often comes from an environment that lacks it.
 */
export function pusher(options: PusherOptions): ChannelProtocol<PusherFrame, PusherFrame> {
  const { key, activityTimeout = 120_000, pongTimeout = 30_000 } = options;
  if (!key) throw new InvalidOptionError('key', key, 'the key of the app');
  return {
    name: 'pusher',
    codec: pusherCodec,
    heartbeat: {
      interval: activityTimeout,
      timeout: pongTimeout,
      message: { event: 'pusher:ping', data: {} },
      isPong: ({ event }) => event === 'pusher:pong',
    },
    url(url) {
      const address = new URL(url);
      address.pathname = `${address.pathname.replace(/\/+$/, '')}/app/${key}`;
      address.search = `protocol=7&client=tautline&version=${VERSION}&flash=false${address.search.replace('?', '&')}`;
      return address;
    },
    closeVerdict: ({ code }) => verdictOnCode(code),
    async open(context) {
      const { event, data } = await context.receive();
      if (event !== 'pusher:connection_established') {
        const isFinal = verdictOnCode(complaintIn(data).code) === 'stop';
        throw new (isFinal ? StopReconnecting : Error)(wordsOf(data));
      }
      const { socket_id, activity_timeout } = data as { socket_id: string; activity_timeout: number }; // by the protocol
      // In seconds; less than one is nonsense.
      const interval = Math.min(activityTimeout, activity_timeout >= 1 ? activity_timeout * 1_000 : Infinity);
      return { ...createSession(context, options, socket_id), heartbeat: { interval, timeout: pongTimeout } };
    },
  };
}
