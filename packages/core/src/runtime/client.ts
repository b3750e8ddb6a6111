import { TautlineError } from '../errors';
import { Emitter } from '../lib/emitter';
import { isolate } from '../lib/isolate';
import { Mailbox } from '../lib/mailbox';
import type { Retained } from '../lib/retention';
import { textOf } from '../lib/textOf';
import { announce } from '../machine/announce';
import type { Effect, MachineEvent } from '../machine/events';
import { lineOf, timersOf, wantsLine } from '../machine/lasting';
import { IDLE_SNAPSHOT, sameOrNext, snapshotOf } from '../machine/snapshot';
import { IDLE, type MachineOptions, type State } from '../machine/state';
import { transition } from '../machine/transition';
import type { Provider, ResolvedOptions } from '../options';
import type { ChannelFact, ChannelSession } from '../session';
import type { ConnectionEvents, DropReason, IncomingData } from '../types';
import { NOT_CLOSED } from '../wire/closeCodes';
import { validate } from '../wire/schema';
import { closeSocket } from './closeSocket';
import type { Inspect } from './inspect';
import { abandonLine, closeLine, openLine, type Line, type LineOwner } from './line';
import { flush, ping, type Sender } from './outgoing';
import { Queue } from './queue';
import { startTimer } from './startTimer';

type Events<In, Out> = ConnectionEvents<In, Out> & { change: undefined; fact: ChannelFact; disposed: undefined };

/**
 * What a connection is behind its face: one object, whose parts (the line, the way out, the timers) are modules of
 * functions over it. A closure for each part would cost each connection, and a page of tiles has many.
 */
export class Client<In, Out> extends Mailbox<MachineEvent> implements LineOwner<In, Out>, Sender<In, Out>, Retained {
  declare readonly url: Provider<string | URL>;
  declare readonly options: ResolvedOptions<In, Out>;
  /** Those of the line: some servers say how often they want to be pinged. */
  declare machineOptions: MachineOptions;
  state: State = IDLE;
  snapshot = IDLE_SNAPSHOT;
  /** The line of the state, if it has one. */
  line: Line<In, Out> | undefined;
  session: ChannelSession<In> | null = null;
  /** When the peer was last heard. */
  heardAt = 0;
  /** Somebody asked for the line, or for its end, without retaining it. */
  hasWish = false;
  readonly events = new Emitter<keyof Events<In, Out>, Events<In, Out>[keyof Events<In, Out>]>();
  declare readonly queue: Queue<Out>;
  holders = 0;
  cancel: (() => void) | undefined;
  declare readonly inspect: Inspect | undefined;
  #cancelTimer: (() => void) | undefined;
  #stopListening: (() => void) | undefined;

  constructor(url: Provider<string | URL>, options: ResolvedOptions<In, Out>) {
    super();
    const { environment, inspect } = options;
    this.url = url;
    this.options = this.machineOptions = options;
    this.queue = new Queue(this);
    this.inspect = inspect && ((record) => isolate(inspect, { time: environment.now(), ...record }));
  }

  // ---- what is wished ----

  /** @throws {TautlineError} once it is disposed. */
  use(): void {
    if (this.state.name === 'disposed') throw new TautlineError('disposed', 'This connection was disposed.');
  }

  /** Who is retained lets go one day; a wish without that has to last. */
  want(type: 'connect' | 'reconnect'): void {
    this.use();
    this.hasWish = !this.holders;
    this.dispatch({ type });
  }

  held(): void {
    if (!this.hasWish) this.dispatch({ type: 'connect' });
  }

  released(): void {
    if (!this.hasWish) this.dispatch({ type: 'disconnect', code: 1000, reason: '' });
  }

  // ---- the machine ----

  /** The next state, then its effect, then what has to start or stop because of it, then who listens. */
  protected handle(event: MachineEvent): void {
    const { state: before, snapshot: seen, heardAt, machineOptions, events } = this;
    const { environment, lifecycle } = this.options;
    const { state, effect } = transition(before, event, {
      now: environment.now(),
      random: environment.random(),
      online: !lifecycle.online || environment.isOnline(),
      hidden: environment.isHidden(),
      heardAt,
      options: machineOptions,
    });
    if (state === before) return;
    this.state = state;
    this.snapshot = sameOrNext(seen, snapshotOf(state));

    if (effect) EFFECTS[effect](this);
    if (lineOf(state) !== lineOf(before)) {
      if (this.line) abandonLine(this.line);
      this.line = lineOf(state) ? openLine(this) : undefined;
    }
    this.#cancelTimer?.();
    this.#cancelTimer = startTimer(timersOf(state, this.machineOptions), environment, this);
    if (wantsLine(state) !== wantsLine(before)) {
      this.#stopListening?.();
      this.#stopListening = wantsLine(state)
        ? environment.listen((type) => this.dispatch({ type }), lifecycle)
        : undefined;
    }
    this.inspect?.({
      type: 'transition',
      event: event.type,
      timer: 'timer' in event ? event.timer : null,
      from: before.name,
      to: state.name,
      snapshot: { ...this.snapshot, subprotocol: '' }, // which may be a token
    });
    if (this.snapshot !== seen) events.emit('change', undefined);
    announce(before, state, events);
    if (state.name === 'disposed') {
      this.queue.dropAll('disposed');
      events.emit('disposed', undefined);
      events.clear();
    }
  }

  // ---- what comes in ----

  /** Whatever comes proves life; then codec, schema, listeners. */
  receive(data: IncomingData): void {
    const { state, events } = this;
    const { codec, environment, heartbeat, schema } = this.options;
    if (state.name !== 'open') return; // the standard delivers nothing after `close()` either
    this.heardAt = environment.now();
    const isPong = heartbeat?.isPong;
    let isAnswer = !isPong;
    try {
      let message = codec.decode(data);
      if (isPong?.(message)) isAnswer = true;
      else {
        if (schema) message = validate(schema, message);
        this.inspect?.({ type: 'message', message });
        this.session?.receive(message);
        events.emit('message', message);
      }
    } catch (cause) {
      this.refuse('incoming', data, cause);
    }
    // Only the answer to a ping is a fact about the line; other messages are just messages.
    if (state.ping || (isAnswer && !state.isAnswered)) {
      this.dispatch({ type: 'line-heard', line: state.memory.lines, isAnswer });
    }
  }

  // ---- what goes wrong with a message ----

  refuse(direction: 'incoming' | 'outgoing', data: unknown, cause: unknown): void {
    const error = new TautlineError('invalid-message', `Invalid ${direction} message. ${textOf(cause)}`, cause);
    this.events.emit('invalid', { direction, data, error });
  }

  drop(message: Out, reason: DropReason): 'dropped' {
    this.inspect?.({ type: 'drop', message, reason });
    this.events.emit('dropped', { message, reason });
    return 'dropped';
  }
}

/** How the orders of the machine are carried out. */
const EFFECTS: Record<Effect, <In, Out>(client: Client<In, Out>) => void> = {
  flush,
  ping,
  close({ line, state }) {
    closeSocket(line?.socket, state.memory.close);
  },
  report({ line }) {
    if (line) closeLine(line, NOT_CLOSED);
  },
};
