import { ConnectionClosedError, TautlineError } from '../errors';
import { DISPOSE } from '../lib/dispose';
import { Emitter } from '../lib/emitter';
import { isolate } from '../lib/isolate';
import { textOf } from '../lib/textOf';
import { createRetention } from '../lib/retention';
import { announce } from '../machine/announce';
import type { ConnectionOptions, Provider } from '../options';
import type { ChannelFact } from '../session';
import type { Connection, ConnectionEvents, IncomingData, OutgoingData } from '../types';
import { checkClose, NOT_CLOSED } from '../wire/closeCodes';
import { validate } from '../wire/schema';
import { NOWHERE, toSubprotocols, toWebSocketUrl } from '../wire/url';
import type { Inspect } from './inspect';
import { createInterpreter, type Interpreter } from './interpreter';
import { openLine, type Line, type LineOwner } from './line';
import { createOutgoing } from './outgoing';
import { resolveOptions } from './resolveOptions';
import { closeSocket } from './closeSocket';

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
  type Events = ConnectionEvents<In, Out>;
  const options = resolveOptions(given);
  const { environment, codec, schema, channels } = options;
  const isPong = options.heartbeat?.isPong;
  // Rendering on a server, a path has no page to stand on, and need not: nothing is opened there.
  if (typeof url !== 'function') toWebSocketUrl(url, NOWHERE);
  if (typeof options.protocols !== 'function') toSubprotocols(options.protocols);

  const events = new Emitter<
    keyof Events | 'change' | 'fact' | 'disposed',
    Events[keyof Events] | ChannelFact | undefined
  >();
  let wish: 'none' | 'connect' | 'disconnect' = 'none';

  const inspector = options.inspect;
  const inspect: Inspect | undefined =
    inspector && ((record) => isolate(inspector, { time: environment.now(), ...record }));
  const refuse = (direction: 'incoming' | 'outgoing', data: unknown, cause: unknown) => {
    const error = new TautlineError('invalid-message', `Invalid ${direction} message. ${textOf(cause)}`, cause);
    events.emit('invalid', { direction, data, error });
  };

  const machine: Interpreter<Line> = createInterpreter(options, {
    openLine: () => openLine(url, options, machine, owner),

    perform: {
      close() {
        const { close } = machine.state.memory;
        closeSocket(machine.line?.socket, close?.code, close?.reason);
      },
      flush: () => outgoing.flush(),
      report: () => machine.line?.closed(NOT_CLOSED),
      ping: () => outgoing.ping(),
    },

    stepped(before, event, isVisible) {
      const { state } = machine;
      inspect?.({
        type: 'transition',
        event: event.type,
        timer: 'timer' in event ? event.timer : null,
        from: before.name,
        to: state.name,
        snapshot: { ...machine.snapshot, subprotocol: '' }, // which may be a token
      });
      if (isVisible) events.emit('change', undefined);
      announce(before, state, (name, detail) => events.emit(name, detail));
      if (state.name === 'disposed') {
        outgoing.queue.dropAll('disposed');
        events.emit('disposed', undefined);
        events.clear();
      }
    },
  });

  const outgoing = createOutgoing(options, machine, {
    refuse,
    drop(message, reason) {
      inspect?.({ type: 'drop', message, reason });
      events.emit('dropped', { message, reason });
      return 'dropped';
    },
  });

  /** The way in: whatever comes proves life; then codec, schema, listeners. */
  const receive = (data: IncomingData) => {
    const { state } = machine;
    if (state.name !== 'open') return; // the standard delivers nothing after `close()` either
    machine.heardAt = environment.now();
    let isAnswer = !isPong;
    try {
      let message = codec.decode(data);
      if (isPong?.(message)) isAnswer = true;
      else {
        if (schema) message = validate(schema, message);
        inspect?.({ type: 'message', message });
        owner.session?.receive(message);
        events.emit('message', message);
      }
    } catch (cause) {
      refuse('incoming', data, cause);
    }
    // Only the answer to a ping is a fact about the line; other messages are just messages.
    if (state.ping || (isAnswer && state.pingedAt !== null)) {
      machine.dispatch({ type: 'line-heard', line: state.memory.lines, isAnswer });
    }
  };

  const owner: LineOwner<In> = { inspect, receive, session: null, tell: (fact) => events.emit('fact', fact) };

  const use = () => {
    if (machine.state.name !== 'disposed') return;
    throw new TautlineError('disposed', 'This connection was disposed.');
  };
  const retention = createRetention(
    environment,
    () => wish === 'none' && machine.dispatch({ type: 'connect' }),
    () => wish === 'none' && machine.dispatch({ type: 'disconnect', code: 1000, reason: '' }),
  );
  /** Who is retained lets go one day; a wish without that has to last. */
  const want = (type: 'connect' | 'reconnect') => () => {
    use();
    wish = retention.count ? 'none' : 'connect';
    machine.dispatch({ type });
  };
  const dispose = () => machine.dispatch({ type: 'dispose' });

  return {
    queue: outgoing.queue,
    channels: channels
      ? {
          protocol: channels,
          clock: environment,
          maxPending: options.queue?.maxMessages ?? 0,
          get session() {
            return machine.state.name === 'open' ? owner.session : null;
          },
          hasRoom: outgoing.hasRoom,
          onFact: (listener) => events.on('fact', listener as never),
          onDispose(listener) {
            if (machine.state.name === 'disposed') listener();
            else events.on('disposed', listener);
          },
          refuse: (data, cause) => refuse('incoming', data, cause),
        }
      : null,
    getSnapshot: () => machine.snapshot,
    subscribe: (listener) => events.on('change', listener),
    on: (event, listener) => events.on(event, listener as never), // the emitter has these events, and some of our own
    connect: want('connect'),
    reconnect: want('reconnect'),
    disconnect(code = 1000, reason = '') {
      checkClose(code, reason);
      wish = 'disconnect';
      machine.dispatch({ type: 'disconnect', code, reason });
    },
    retain() {
      use();
      return retention.retain();
    },
    send(message, sendOptions = {}) {
      const result = outgoing.send(message, sendOptions);
      inspect?.({ type: 'send', message, result });
      return result;
    },
    whenConnected: ({ signal } = {}) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          const { status, error, close } = machine.snapshot;
          if (status === 'connected') resolve();
          else if (signal?.aborted) reject(signal.reason);
          else if (machine.state.name === 'closed' || machine.state.name === 'disposed')
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
