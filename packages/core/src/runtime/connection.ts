import { ConnectionClosedError } from '../errors';
import { DISPOSE } from '../lib/dispose';
import { retain } from '../lib/retention';
import type { ConnectionOptions, Provider } from '../options';
import type { Connection, IncomingData, OutgoingData } from '../types';
import { checkClose } from '../wire/closeCodes';
import { NOWHERE, toSubprotocols, toWebSocketUrl } from '../wire/url';
import { Client } from './client';
import { hasRoom, send } from './outgoing';
import { resolveOptions } from './resolveOptions';

/**
 * Makes a line to `url`, inert until `connect()` or `retain()`.
 *
 * @param url Absolute, or relative to the page; http(s) counts as ws(s). A function is called again before every attempt.
 * @throws {InvalidOptionError} for a URL, subprotocol or option that cannot work.
 */
export function createConnection<In = IncomingData, Out = OutgoingData>(
  url: Provider<string | URL>,
  given: ConnectionOptions<In, Out> = {},
): Connection<In, Out> {
  const options = resolveOptions(given);
  // Rendering on a server, a path has no page to stand on, and need not: nothing is opened there.
  if (typeof url !== 'function') toWebSocketUrl(url, NOWHERE);
  if (typeof options.protocols !== 'function') toSubprotocols(options.protocols);
  const client = new Client(url, options);
  const { events, queue } = client;
  const dispose = () => client.dispatch({ type: 'dispose' });

  return {
    queue,
    channels: options.channels
      ? {
          protocol: options.channels,
          clock: options.environment,
          maxPending: options.queue?.maxMessages ?? 0,
          get session() {
            return client.state.name === 'open' ? client.session : null;
          },
          hasRoom: () => hasRoom(client),
          onFact: (listener) => events.on('fact', listener as never), // its kind goes with the event
          onDispose(listener) {
            if (client.state.name === 'disposed') listener();
            else events.on('disposed', listener);
          },
          refuse: (data, cause) => client.refuse('incoming', data, cause),
        }
      : null,
    getSnapshot: () => client.snapshot,
    subscribe: (listener) => events.on('change', listener),
    on: (event, listener) => events.on(event, listener as never), // the emitter has these events, and some of our own
    connect: () => client.want('connect'),
    reconnect: () => client.want('reconnect'),
    disconnect(code = 1000, reason = '') {
      checkClose(code, reason);
      client.hasWish = true;
      client.dispatch({ type: 'disconnect', code, reason });
    },
    retain() {
      client.use();
      return retain(client, options.environment);
    },
    send(message, sendOptions) {
      const result = send(client, message, sendOptions);
      client.inspect?.({ type: 'send', message, result });
      return result;
    },
    whenConnected: ({ signal } = {}) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          const { status, error, close } = client.snapshot;
          if (status === 'connected') resolve();
          else if (signal?.aborted) reject(signal.reason);
          else if (status === 'disconnected' || status === 'failed')
            reject(error ?? new ConnectionClosedError(close?.code ?? 1000));
          else return;
          stop();
          signal?.removeEventListener('abort', settle);
        };
        const stop = events.on('change', settle);
        signal?.addEventListener('abort', settle);
        settle();
      }),
    dispose,
    [DISPOSE]: dispose,
  };
}
