import { ConnectionClosedError, TautlineError } from '../errors';
import { createEmitter } from '../lib/emitter';
import { isolate } from '../lib/isolate';
import { createMailbox } from '../lib/mailbox';
import { createRetention } from '../lib/retention';
import { announcementsOf } from '../machine/announce';
import type { Effect, MachineEvent } from '../machine/events';
import { lineOf, timersOf, watchesEnvironment } from '../machine/lasting';
import { IDLE_SNAPSHOT, sameOrNext, snapshotOf } from '../machine/snapshot';
import { IDLE, type Env, type State } from '../machine/state';
import { transition } from '../machine/transition';
import { resolveOptions, type ConnectionOptions, type Provider } from '../options';
import type { CloseInfo, Connection, ConnectionEvents, DropReason, IncomingData, OutgoingData } from '../types';
import { checkClose, type CloseVerdict } from '../wire/closeCodes';
import { validate } from '../wire/schema';
import { toSubprotocols, toWebSocketUrl } from '../wire/url';
import type { Inspect } from './inspect';
import { openLine, type Line } from './line';
import { createQueue } from './queue';
import { createTimers } from './timers';

/** How many messages are flushed before others get the thread. */
const FLUSH_SLICE = 5_000;

/** How often a socket that holds enough unsent bytes is asked again, in milliseconds; no event says when it has room. */
const ROOM_POLL = 20;

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
  const { environment, codec, heartbeat } = options;
  // Rendering on a server, a path has no page to stand on, and need not: nothing is opened there.
  if (typeof url !== 'function') toWebSocketUrl(url, 'ws://relative.invalid');
  if (typeof options.protocols !== 'function') toSubprotocols(options.protocols);

  const events = createEmitter<keyof Events | 'change', Events[keyof Events] | undefined>();
  let state: State = IDLE;
  let snapshot = IDLE_SNAPSHOT;
  let line: Line | undefined;
  let heardAt = 0;
  let pingedAt = 0;
  let stopListening: (() => void) | undefined;
  let wish: 'none' | 'connect' | 'disconnect' = 'none';

  const inspect: Inspect = (record) => {
    if (options.inspect) isolate(() => options.inspect?.({ time: environment.now(), ...record }));
  };
  const drop = (message: Out, reason: DropReason) => {
    inspect({ type: 'drop', message, reason });
    events.emit('dropped', { message, reason });
    return 'dropped' as const;
  };
  const queue = createQueue(options.queue ?? NO_QUEUE, environment, drop);
  const timers = createTimers(environment, (timer, lateBy) => dispatch({ type: 'timer-fired', timer, lateBy }));

  // ---- one step of the machine ----

  const dispatch = createMailbox((event: MachineEvent) => {
    const before = state;
    const step = transition(before, event, look());
    if (step.state === before) return;
    state = step.state;
    const next = sameOrNext(snapshot, snapshotOf(state));
    const changed = next !== snapshot;
    snapshot = next;
    step.effects.forEach(perform);
    if (lineOf(state) !== lineOf(before)) replaceLine();
    timers.sync(timersOf(state, options));
    if (watchesEnvironment(state) !== watchesEnvironment(before)) watchEnvironment();

    inspect({
      type: 'transition',
      event: event.type,
      timer: 'timer' in event ? event.timer : null,
      from: before.name,
      to: state.name,
      snapshot,
    });
    if (changed) events.emit('change', undefined);
    for (const { event: name, detail } of announcementsOf(before, step.state)) events.emit(name, detail);
    if (state.name === 'disposed') {
      queue.clear('disposed');
      events.clear();
    }
  });

  const look = (): Env => ({
    now: environment.now(),
    random: environment.random(),
    online: !options.lifecycle.online || environment.isOnline(),
    hidden: environment.isHidden(),
    heardAt,
    options,
  });

  const perform = (effect: Effect) => {
    switch (effect) {
      case 'close-line':
        return line?.transport?.close(state.memory.close?.code, state.memory.close?.reason);
      case 'send-ping':
        return sendPing();
      case 'flush-queue':
        return flush();
    }
  };

  const replaceLine = () => {
    line?.abandon();
    line = undefined;
    const number = lineOf(state);
    if (!number) return;
    line = openLine(url, options, state.memory, {
      opened: (subprotocol) => {
        heardAt = environment.now();
        dispatch({ type: 'line-opened', line: number, subprotocol });
      },
      failed: (error, verdict) => dispatch({ type: 'line-failed', line: number, error, verdict }),
      errored: () => dispatch({ type: 'line-errored', line: number }),
      closed: (close: CloseInfo) => dispatch({ type: 'line-closed', line: number, close, verdict: verdictOn(close) }),
      received: receive,
      inspect,
    });
  };

  /** `shouldReconnect` over `closeCodes` over the default table. */
  const verdictOn = (close: CloseInfo): CloseVerdict => {
    const verdict = options.closeCodes[close.code] ?? 'retry';
    const { attempt } = state.memory;
    const wanted = isolate(() => options.shouldReconnect?.(close, { attempt, verdict }));
    if (wanted === undefined || wanted === (verdict !== 'stop')) return verdict;
    return wanted ? 'retry' : 'stop';
  };

  const watchEnvironment = () => {
    stopListening?.();
    stopListening = watchesEnvironment(state)
      ? environment.listen((fact) => dispatch({ type: fact }), options.lifecycle)
      : undefined;
  };

  // ---- in: the socket's data become messages ----

  const receive = (data: IncomingData) => {
    heardAt = environment.now();
    const pinged = state.name === 'open' && state.ping ? state.line : 0;
    let message: In;
    try {
      message = codec.decode(data);
      if (heartbeat?.isPong?.(message)) return dispatchHeard(pinged, heardAt - pingedAt);
      dispatchHeard(pinged, heartbeat?.isPong ? null : heardAt - pingedAt);
      if (options.schema) message = validate(options.schema, message);
    } catch (cause) {
      dispatchHeard(pinged, null);
      return refuse('incoming', data, cause);
    }
    if (options.inspect) inspect({ type: 'message', message });
    events.emit('message', message);
  };

  /** Only the first message after a ping is a fact about the line; the others are just messages. */
  const dispatchHeard = (pinged: number, latency: number | null) => {
    if (pinged && state.name === 'open' && state.ping) dispatch({ type: 'line-heard', line: pinged, latency });
  };

  const refuse = (direction: 'incoming' | 'outgoing', data: unknown, cause: unknown) => {
    const error = new TautlineError('invalid-message', `Invalid ${direction} message. ${String(cause)}`, cause);
    events.emit('invalid', { direction, data, error });
  };

  // ---- out: messages become the socket's data ----

  const hasRoom = () => {
    const transport = line?.transport;
    return state.name === 'open' && !!transport?.isWritable() && transport.bufferedAmount() < options.highWaterMark;
  };

  const transmit = (message: Out, data: OutgoingData) => {
    try {
      line?.transport?.send(data);
      return 'sent' as const;
    } catch (cause) {
      refuse('outgoing', message, cause);
      return drop(message, 'invalid');
    }
  };

  const accept = (message: Out, volatile: boolean, ttl: number | undefined) => {
    if (state.name === 'disposed') return drop(message, 'disposed');
    let data: OutgoingData;
    try {
      data = codec.encode(message);
    } catch (cause) {
      refuse('outgoing', message, cause);
      return drop(message, 'invalid');
    }
    if (!queue.size && hasRoom()) return transmit(message, data);
    if (volatile) return drop(message, 'volatile');
    if (!options.queue) return drop(message, 'disabled');
    const result = queue.push(message, data, ttl);
    if (result === 'queued') pauseFlush(ROOM_POLL);
    return result;
  };

  const flush = () => {
    for (let sent = 0; queue.size; sent++) {
      if (!hasRoom()) return pauseFlush(ROOM_POLL);
      if (sent === FLUSH_SLICE) return pauseFlush(0);
      const next = queue.shift();
      if (next) transmit(next.message, next.data);
    }
  };

  const pauseFlush = (delay: number) => {
    if (state.name === 'open' && state.flushAt === null) dispatch({ type: 'flush-paused', line: state.line, delay });
  };

  const sendPing = () => {
    if (!heartbeat) return;
    const message = typeof heartbeat.message === 'function' ? (heartbeat.message as () => Out)() : heartbeat.message; // In a codec's terms a function is no message
    pingedAt = environment.now();
    try {
      line?.transport?.send(codec.encode(message));
    } catch (cause) {
      refuse('outgoing', message, cause);
    }
  };

  // ---- wishes ----

  const assertUsable = () => {
    if (state.name !== 'disposed') return;
    throw new TautlineError('disposed', 'This connection was disposed.');
  };
  const retention = createRetention(
    environment,
    () => wish === 'none' && dispatch({ type: 'connect' }),
    () => wish === 'none' && dispatch({ type: 'disconnect', code: 1000, reason: '' }),
  );
  /** Somebody who is retained lets go one day; a wish without that has to last. */
  const wishFor = (type: 'connect' | 'reconnect') => {
    assertUsable();
    wish = retention.count ? 'none' : 'connect';
    dispatch({ type });
  };
  const dispose = () => dispatch({ type: 'dispose' });

  return {
    queue,
    getSnapshot: () => snapshot,
    subscribe: (listener) => events.on('change', listener),
    connect: () => wishFor('connect'),
    reconnect: () => wishFor('reconnect'),
    disconnect(code = 1000, reason = '') {
      checkClose(code, reason);
      wish = 'disconnect';
      dispatch({ type: 'disconnect', code, reason });
    },
    retain() {
      assertUsable();
      return retention.retain();
    },
    send(message, { volatile = false, ttl } = {}) {
      const result = accept(message, volatile, ttl);
      if (options.inspect) inspect({ type: 'send', message, result });
      return result;
    },
    on: (event, listener) => events.on(event, listener as never), // the emitter's events are these and `change`
    whenConnected: ({ signal } = {}) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          if (signal?.aborted) reject(signal.reason);
          else if (state.name === 'open') resolve();
          else if (state.name === 'closed' || state.name === 'disposed')
            reject(snapshot.error ?? new ConnectionClosedError(snapshot.close?.code ?? 1000));
          else return false;
          stop();
          signal?.removeEventListener('abort', settle);
          return true;
        };
        const stop = events.on('change', settle);
        if (!settle()) signal?.addEventListener('abort', settle);
      }),
    dispose,
    [Symbol.dispose ?? Symbol.for('Symbol.dispose')]: dispose,
  } as Connection<In, Out>; // the computed key is `Symbol.dispose` where there is one
}

const NO_QUEUE = { maxMessages: 0, maxBytes: 0, overflow: 'drop-newest', ttl: Infinity } as const;
