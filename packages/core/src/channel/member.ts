import { ChannelError, TautlineError, verdictOf } from '../errors';
import { isolate } from '../lib/isolate';
import { Mailbox } from '../lib/mailbox';
import { textOf } from '../lib/textOf';
import type { Sleeper } from './alarm';
import { Join } from './join';
import { createOutbox } from './outbox';
import type { Asker, Hub, Membership, Outbox, Outcome, Present, TopicFact } from './parts';
import { createPresence, type Presence } from './presence';
import { statusOf } from './snapshot';
import { deadlineOf, holdsTopic, IDLE, isAtRest, joinRefOf, refOf, type MachineOptions, type State } from './state';
import { transition, type MemberEvent, type Step } from './transition';
import type { AnyChannel, PushOptions } from './types';
import { warnOfParams, whyOf } from './why';

/** Who hears this much before the answer to a join does not wait for it any longer. */
const MAX_HELD = 1_000;

/** What makes a member another one than others. */
export interface Identity {
  /** By which it is found. */
  readonly key: string;
  readonly topic: string;
  readonly params?: unknown;
}

/**
 * A membership: the machine, and what runs because of its state. What most never need is made when it is needed: there may be
 * thousands of channels on a line.
 */
export abstract class Member extends Mailbox<MemberEvent> implements Membership, Asker, Sleeper {
  state: State = IDLE;
  declare readonly topic: string;
  declare readonly wireTopic: string;
  declare protected readonly hub: Hub;
  declare protected readonly key: string;
  readonly #options: MachineOptions;
  readonly #params: unknown;
  /** Who is there, as far as the server tells. */
  protected who: Presence | undefined;
  #outbox: Outbox | undefined;
  /** Where to go on from; messages move it, so it is no part of the state. */
  position: unknown;
  /** Came before the join's reply. */
  #held: TopicFact[] | undefined;
  /** Of the join that is under way, or went well and lasts. */
  #controller: AbortController | undefined;
  /** Who wait for the topic. */
  #successors: Set<Present> | undefined;
  /** A listener has called `leave` in the middle of a step: nothing more is to be heard or sent. */
  #isLeaving = false;

  constructor(hub: Hub, { key, topic, params }: Identity, options: MachineOptions) {
    super();
    this.hub = hub;
    this.key = key;
    this.topic = topic;
    this.wireTopic = hub.port.protocol.wireTopic?.(topic, params) ?? topic;
    this.#params = params;
    this.#options = options;
  }

  /** How many hold on to it. */
  abstract readonly holders: number;
  protected abstract heard(fact: TopicFact & { type: 'event' }): void;
  /** Called after each step and each change of presence, when everything is in place. */
  protected abstract changed(): void;

  // ---- what is asked for ----

  // What the public calls needs no `this`; bound, since a closure is heavier.
  readonly send: AnyChannel['send'] = this.#send.bind(this);
  readonly leave: AnyChannel['leave'] = this.#leave.bind(this);

  #send(event: string, payload: unknown, options?: PushOptions): Promise<unknown> {
    const { state, hub, wireTopic: topic } = this;
    const isOver = this.#isLeaving || ['left', 'failed', 'leaving'].includes(statusOf(state));
    const push = (ref: number, isWanted: () => boolean) =>
      hub.port.session?.push({ ref, joinRef: joinRefOf(this.state), topic, event, payload, isWanted });
    this.#outbox ??= createOutbox(hub, () => this.state.name === 'joined' && !this.#isLeaving);
    const reply = isOver ? Promise.reject(whyOf(state)) : this.#outbox.ask(push, options);
    reply.catch(() => {}); // the network's failures are no errors of a program that does not ask
    return reply;
  }

  /** At once: nothing more is heard or sent, also not what is being delivered or waits. */
  #leave(): void {
    this.#isLeaving = true;
    this.dispatch({ type: 'leave' });
  }

  // ---- what the line says ----

  hear(fact: TopicFact): void {
    const ref = joinRefOf(this.state);
    if (!ref || this.#isLeaving || (fact.ref !== undefined && fact.ref !== ref)) return; // of a former membership
    if (this.state.name === 'joined' || (fact.ref && fact.type === 'ended')) this.#take(fact);
    else if (fact.ref && (this.#held ??= []).push(fact) > MAX_HELD) this.dispatch({ type: 'overflowed' });
  }

  flush(): void {
    this.dispatch({ type: 'line-freed' });
  }

  lose(error: TautlineError): void {
    this.#outbox?.lose(error);
    this.dispatch({ type: 'line-lost' });
  }

  abandon(error: TautlineError): void {
    this.dispatch({ type: 'line-gone', error });
  }

  /** Others who waited for the same moment were told before, and one of them may have changed what is waited for. */
  ring(moment: number): void {
    if (deadlineOf(this.state) === moment) this.dispatch({ type: 'timer-fired' });
  }

  yield(successor: Present): void {
    const successors = (this.#successors ??= new Set());
    const isKnown = successors.has(successor);
    successors.add(successor); // first, since the topic may be free at once
    if (!this.holders) this.dispatch({ type: 'leave' });
    else if (!isKnown) warnOfParams(this.topic);
  }

  #take(fact: TopicFact): void {
    if (fact.type === 'event') {
      this.position = fact.position ?? this.position;
      this.heard(fact);
    } else if (fact.type === 'presence') {
      (this.who ??= createPresence()).take(fact);
      this.changed();
    } else {
      const error = new ChannelError('channel-ended', fact.message, fact.reason);
      this.dispatch({ type: 'ended', error, verdict: fact.verdict });
    }
  }

  // ---- the machine ----

  protected handle(event: MemberEvent): void {
    const before = this.state;
    const { hub } = this;
    const { clock, session } = hub.port;
    const ref = refOf(before);
    if (event.type === 'leave') this.#isLeaving = false;
    const holder = hub.holders.get(this.wireTopic);
    const { state, goodbye } = transition(before, event, {
      now: clock.now(),
      random: clock.random(),
      ref: ++hub.lastRef,
      isFree: !!session && (!holder || holder === this),
      isAsked: hub.askers.has(ref),
      options: this.#options,
    });
    if (state === before) return;
    this.state = state;

    const isAnother = refOf(state) !== ref;
    if (isAnother || state.name === 'joined') hub.askers.delete(ref);
    if (isAnother) {
      this.#controller?.abort();
      this.#controller = this.#held = undefined;
    }
    if (goodbye) this.#say(goodbye);
    this.#settleTopic(holder);
    hub.alarm(this, deadlineOf(before), deadlineOf(state));
    if (isAnother && state.name === 'joining') void this.#join(state.ref);
    this.#stepped(before);
  }

  /** Hands the topic on, or takes it; who finds it taken waits for its holder. */
  #settleTopic(holder: Membership | undefined): void {
    const { holders } = this.hub;
    if (holdsTopic(this.state)) holders.set(this.wireTopic, this);
    else if (holder === this) {
      holders.delete(this.wireTopic);
      const waiting = this.#successors ?? [];
      this.#successors = undefined;
      for (const successor of waiting) successor.flush();
    } else if (holder && this.state.name === 'waiting') holder.yield(this);
  }

  #stepped(before: State): void {
    const { state } = this;
    if (state.name === 'joined' && before.name !== 'joined') this.who?.restart();
    if (isAtRest(state) || state.name === 'leaving') this.position = this.who = undefined;
    if (before.name === 'joined' && state.name !== 'joined') this.#outbox?.lose(whyOf(state));
    if (isAtRest(state)) this.#outbox?.abandon(whyOf(state));
    this.changed();
    if (state.name === 'joined') {
      for (const fact of this.#held?.splice(0) ?? []) if (!this.#isLeaving) this.#take(fact);
      this.#held = undefined;
      this.#outbox?.flush();
    }
  }

  // ---- what is said to the server ----

  async #join(ref: number): Promise<void> {
    const { askers, port } = this.hub;
    const given = this.#params;
    try {
      const params: unknown = typeof given === 'function' ? await given() : given;
      if (refOf(this.state) !== ref) return;
      askers.set(ref, this);
      const asked = port.session?.join(new Join(this, ref, params));
      if (asked) await asked;
    } catch (cause) {
      this.#failed(ref, cause);
    }
  }

  #failed(ref: number, cause: unknown): void {
    const error = cause instanceof TautlineError ? cause : new ChannelError('channel-refused', textOf(cause), cause);
    this.dispatch({ type: 'refused', ref, error, verdict: verdictOf(error) });
  }

  /** Made for who looks at it: it is heavier than all the rest of a channel. */
  signalOf(ref: number): AbortSignal {
    const isOver = refOf(this.state) !== ref;
    const controller = (!isOver && this.#controller) || new AbortController();
    if (isOver) controller.abort(); // looked at for the first time too late
    else this.#controller = controller;
    return controller.signal;
  }

  /** To a join, or to a goodbye. */
  answer(outcome: Outcome): void {
    const { ref } = outcome;
    if (outcome.type === 'refusal') {
      const { message, reason, verdict = 'stop' } = outcome;
      const error = new ChannelError('channel-refused', message, reason);
      return this.dispatch({ type: 'refused', ref, error, verdict });
    }
    const { payload, position, recovered = false } = outcome;
    if (joinRefOf(this.state) === ref) this.position = position;
    this.dispatch({ type: 'replied', ref, payload, recovered });
  }

  #say(goodbye: NonNullable<Step['goodbye']>): void {
    const { askers, port } = this.hub;
    if (this.state.name === 'leaving') askers.set(goodbye.ref, this);
    isolate(() => port.session?.leave({ ...goodbye, topic: this.wireTopic }));
  }
}
