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
export interface Interpreter {
  readonly state: State;
  readonly snapshot: ConnectionSnapshot;
  /** May change with the line: some servers say how often they want to be pinged. */
  options: Env['options'];
  dispatch(event: MachineEvent): void;
}

/** How the orders of the machine are carried out. */
export interface Performer {
  /** Starts the line of this number; returns what abandons it. */
  openLine(line: number): () => void;
  perform: Record<Effect, () => void>;
  /** Called after each step, when everything is in place. */
  stepped(before: State, event: MachineEvent, isVisible: boolean): void;
}

/** One event at a time: the next state, then its effects, then what has to start or stop because of it. */
export function createInterpreter(
  options: Env['options'] & { readonly environment: Environment; readonly lifecycle: LifecycleInterest },
  heardAt: () => number,
  { openLine, perform, stepped }: Performer,
): Interpreter {
  const { environment, lifecycle } = options;
  let abandonLine: (() => void) | undefined;
  let stopListening: (() => void) | undefined;

  const look = (): Env => ({
    now: environment.now(),
    random: environment.random(),
    online: !lifecycle.online || environment.isOnline(),
    hidden: environment.isHidden(),
    heardAt: heardAt(),
    options: machine.options,
  });

  const dispatch = createMailbox((event: MachineEvent) => {
    const { state: before, snapshot: seen } = machine;
    const { state, effects } = transition(before, event, look());
    if (state === before) return;
    machine.state = state;
    machine.snapshot = sameOrNext(seen, snapshotOf(state));

    for (const effect of effects) perform[effect]();
    if (lineOf(state) !== lineOf(before)) {
      abandonLine?.();
      abandonLine = lineOf(state) ? openLine(lineOf(state)) : undefined;
    }
    syncTimers(timersOf(state, machine.options));
    if (wantsLine(state) !== wantsLine(before)) {
      stopListening?.();
      stopListening = wantsLine(state) ? environment.listen((type) => dispatch({ type }), lifecycle) : undefined;
    }
    stepped(before, event, machine.snapshot !== seen);
  });
  const syncTimers = createTimers(environment, (timer, lateBy) => dispatch({ type: 'timer-fired', timer, lateBy }));

  const machine: { -readonly [K in keyof Interpreter]: Interpreter[K] } = {
    dispatch,
    options,
    state: IDLE,
    snapshot: IDLE_SNAPSHOT,
  };
  return machine;
}
