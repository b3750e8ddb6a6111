import { createMailbox } from '../lib/mailbox';
import type { Effect, MachineEvent } from '../machine/events';
import { lineOf, timersOf, wantsLine } from '../machine/lasting';
import { IDLE_SNAPSHOT, sameOrNext, snapshotOf } from '../machine/snapshot';
import { IDLE, type Env, type State } from '../machine/state';
import { transition } from '../machine/transition';
import type { ConnectionSnapshot } from '../types';
import type { Environment, LifecycleInterest } from './lifecycle';
import { createTimers } from './timers';

/** The machine, and what runs because of its state. */
export interface Interpreter<L = unknown> {
  readonly state: State;
  readonly snapshot: ConnectionSnapshot;
  /** The line of this state, if it has one. */
  readonly line: L | undefined;
  /** When the peer was last heard. */
  heardAt: number;
  /** May change with the line: some servers say how often they want to be pinged. */
  options: Env['options'];
  dispatch(event: MachineEvent): void;
}

/** How the orders of the machine are carried out. */
export interface Performer<L> {
  /** Starts the line of the state. */
  openLine(): L;
  perform: Record<Effect, () => void>;
  /** Called after each step, when everything is in place. */
  stepped(before: State, event: MachineEvent, isVisible: boolean): void;
}

/** One event at a time: the next state, then its effect, then what has to start or stop because of it. */
export function createInterpreter<L extends { abandon(): void }>(
  options: Env['options'] & { readonly environment: Environment; readonly lifecycle: LifecycleInterest },
  { openLine, perform, stepped }: Performer<L>,
): Interpreter<L> {
  const { environment, lifecycle } = options;
  let stopListening: (() => void) | undefined;

  const dispatch = createMailbox((event: MachineEvent) => {
    const { state: before, snapshot: seen } = machine;
    const { state, effect } = transition(before, event, {
      now: environment.now(),
      random: environment.random(),
      online: !lifecycle.online || environment.isOnline(),
      hidden: environment.isHidden(),
      heardAt: machine.heardAt,
      options: machine.options,
    });
    if (state === before) return;
    machine.state = state;
    machine.snapshot = sameOrNext(seen, snapshotOf(state));

    if (effect) perform[effect]();
    if (lineOf(state) !== lineOf(before)) {
      machine.line?.abandon();
      machine.line = lineOf(state) ? openLine() : undefined;
    }
    syncTimers(timersOf(state, machine.options));
    if (wantsLine(state) !== wantsLine(before)) {
      stopListening?.();
      stopListening = wantsLine(state) ? environment.listen((type) => dispatch({ type }), lifecycle) : undefined;
    }
    stepped(before, event, machine.snapshot !== seen);
  });
  const syncTimers = createTimers(environment, dispatch);

  const machine: { -readonly [K in keyof Interpreter<L>]: Interpreter<L>[K] } = {
    dispatch,
    options,
    state: IDLE,
    snapshot: IDLE_SNAPSHOT,
    line: undefined,
    heardAt: 0,
  };
  return machine;
}
