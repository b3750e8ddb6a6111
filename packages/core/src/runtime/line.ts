import { InvalidOptionError, StopReconnecting, TautlineError } from '../errors';
import { createRingBuffer } from '../lib/ringBuffer';
import type { AttemptContext, Provider, ResolvedOptions } from '../options';
import type { AttemptReason, IncomingData } from '../types';
import { ABANDONED, type CloseVerdict } from '../wire/closeCodes';
import { redactUrl, toSubprotocols, toWebSocketUrl } from '../wire/url';
import type { Inspect } from './inspect';
import { openTransport, type Transport, type TransportHandlers } from './transport';

export interface LineHandlers extends Omit<TransportHandlers, 'opened'> {
  /** Usable: open, and the handshake done. */
  opened(subprotocol: string): void;
  failed(error: TautlineError, verdict: CloseVerdict): void;
  inspect: Inspect;
}

export interface Line {
  /** Absent until the providers have answered. */
  readonly transport: Transport | undefined;
  abandon(): void;
}

/** One attempt: asks the providers, opens the socket, exchanges the handshake. */
export function openLine<In, Out>(
  url: Provider<string | URL>,
  options: ResolvedOptions<In, Out>,
  { attempt, reason }: { attempt: number; reason: AttemptReason },
  handlers: LineHandlers,
): Line {
  const controller = new AbortController();
  const context: AttemptContext = { attempt, reason, signal: controller.signal };
  let transport: Transport | undefined;

  const fail = (code: 'provider-rejected' | 'handshake-rejected' | 'socket-failed', what: string) => (cause: unknown) => {
    if (controller.signal.aborted) return;
    const stops = cause instanceof StopReconnecting || (cause instanceof InvalidOptionError && cause.option === 'WebSocket');
    const why = cause instanceof Error ? cause.message : String(cause);
    const error = cause instanceof TautlineError ? cause : new TautlineError(code, `${what}: ${why}`, 'See `cause`. It is called again for each attempt.', cause);
    handlers.failed(error, stops ? 'stop' : 'retry');
  };

  const open = (address: string | URL, protocols: string | readonly string[]) => {
    if (controller.signal.aborted) return;
    try {
      const target = toWebSocketUrl(address, globalThis.location?.href);
      const offered = toSubprotocols(protocols);
      handlers.inspect({ type: 'attempt', attempt, reason, url: redactUrl(target), protocols: offered.length });
      const WebSocket = options.WebSocket ?? globalThis.WebSocket;
      if (!WebSocket) throw new InvalidOptionError('WebSocket', WebSocket, 'the WebSocket class of the package `ws`: this platform has none');
      transport = openTransport(WebSocket, target, offered, options.binaryType, {
        ...handlers,
        opened: () => (options.handshake ? shakeHands() : handlers.opened(transport?.protocol ?? '')),
        received: (data) => (inbox ? inbox(data) : handlers.received(data)),
      });
    } catch (error) {
      fail('socket-failed', 'The socket could not be made')(error);
    }
  };

  /** Where messages go while the handshake lasts. */
  let inbox: ((data: IncomingData) => void) | undefined;

  const shakeHands = async () => {
    const early = createRingBuffer<IncomingData>();
    let wanted: ((data: IncomingData) => void) | undefined;
    inbox = (data) => {
      if (!wanted) return early.push(data);
      wanted(data);
      wanted = undefined;
    };
    try {
      await options.handshake?.({
        ...context,
        send: (message) => transport?.send(options.codec.encode(message)),
        receive: async () => {
          const data = early.shift() ?? (await new Promise<IncomingData>((resolve, reject) => {
            wanted = resolve;
            context.signal.addEventListener('abort', () => reject(context.signal.reason));
          }));
          return options.codec.decode(data);
        },
      });
    } catch (error) {
      return fail('handshake-rejected', 'The handshake failed')(error);
    }
    if (context.signal.aborted) return;
    inbox = undefined;
    handlers.opened(transport?.protocol ?? '');
    for (let data = early.shift(); data !== undefined; data = early.shift()) handlers.received(data);
  };

  provide([url, options.protocols], context, open, fail('provider-rejected', 'A provider failed'));

  return {
    get transport() {
      return transport;
    },
    abandon() {
      controller.abort();
      transport?.abandon(ABANDONED);
    },
  };
}

/** Calls the providers; without waiting a microtask where none is asynchronous. */
function provide(
  [url, protocols]: [Provider<string | URL>, Provider<string | readonly string[]>],
  context: AttemptContext,
  done: (url: string | URL, protocols: string | readonly string[]) => void,
  failed: (error: unknown) => void,
): void {
  try {
    const address = typeof url === 'function' ? url(context) : url;
    const offered = typeof protocols === 'function' ? protocols(context) : protocols;
    if (isThenable(address) || isThenable(offered)) {
      Promise.all([address, offered]).then(([a, o]) => done(a, o)).catch(failed);
    } else done(address, offered);
  } catch (error) {
    failed(error);
  }
}

const isThenable = <T extends object | string>(value: T | Promise<T>): value is Promise<T> => 'then' in Object(value);
