import { ChannelError, TautlineError, verdictOf } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import { isolate } from '../lib/isolate';
import { Mailbox } from '../lib/mailbox';
import { textOf } from '../lib/textOf';
import type { JoinRequest } from '../session';
import { createOutbox } from './outbox';
import type { Asker, Hub, MemberOwner, Membership, Outbox, Outcome, Present, TopicFact } from './parts';
import { createPresence, type Presence } from './presence';
import { IDLE_CHANNEL_SNAPSHOT, statusOf } from './snapshot';
import { deadlineOf, holdsTopic, IDLE, isAtRest, joinRefOf, refOf, type State } from './state';
import { transition, type MemberEvent } from './transition';
import type { PresenceMember, PushOptions } from './types';
import { warnOfParams, whyOf } from './why';

/** Who hears this much before the answer to a join does not wait for it any longer. */
const MAX_HELD = 1_000;

/** What most members never need is made when it is needed: there may be thousands of channels on a line. */
export class Member extends Mailbox<MemberEvent> implements Membership, Asker {
  state: State = IDLE;
  readonly #hub: Hub;
  readonly #owner: MemberOwner;
  #presence: Presence | undefined;
  #outbox: Outbox | undefined;
  /** Where to go on from; messages move it, so it is no part of the state. */
  #position: unknown;
  /** Came before the join's reply. */
  #held: TopicFact[] | undefined;
  /** Of the join that is under way, or went well and lasts. */
  #controller: AbortController | undefined;
  /** Who wait for the topic. */
  #successors: Set<Present> | undefined;
  #stopTimer: (() => void) | undefined;
  /** The line was lost, and it is not known yet what was missed. */
  #isAway = false;
  /** A listener has called `leave` in the middle of a step: nothing more is to be heard or sent. */
  #isLeaving = false;

  constructor(hub: Hub, owner: MemberOwner) {
    super();
    this.#hub = hub;
    this.#owner = owner;
  }

  get present(): readonly PresenceMember[] {
    return this.#presence?.members ?? IDLE_CHANNEL_SNAPSHOT.presence;
  }

  // ---- what is asked for ----

  send(event: string, payload: unknown, options?: PushOptions): Promise<unknown> {
    const { state } = this;
    const { wireTopic: topic } = this.#owner;
    const isOver = this.#isLeaving || ['left', 'failed', 'leaving'].includes(statusOf(state));
    const push = (ref: number, isWanted: () => boolean) =>
      this.#hub.port.session?.push({ ref, joinRef: joinRefOf(this.state), topic, event, payload, isWanted });
    this.#outbox ??= createOutbox(this.#hub, () => this.state.name === 'joined' && !this.#isLeaving);
    const reply = isOver ? Promise.reject(whyOf(state)) : this.#outbox.ask(push, options);
    reply.catch(() => {}); // the network's failures are no errors of a program that does not ask
    return reply;
  }

  leave(): void {
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

  lineFreed(): void {
    this.dispatch({ type: 'line-freed' });
  }

  lineLost(error: TautlineError): void {
    this.#outbox?.lose(error);
    this.dispatch({ type: 'line-lost' });
  }

  lineGone(error: TautlineError): void {
    this.dispatch({ type: 'line-gone', error });
  }

  yield(successor: Present): void {
    const owner = this.#owner;
    const successors = (this.#successors ??= new Set());
    const isKnown = successors.has(successor);
    successors.add(successor); // first, since the topic may be free at once
    if (!owner.holders) this.dispatch({ type: 'leave' });
    else if (!isKnown) warnOfParams(owner);
  }

  #take(fact: TopicFact): void {
    if (fact.type === 'event') {
      this.#position = fact.position ?? this.#position;
      this.#owner.heard(fact);
    } else if (fact.type === 'presence') {
      (this.#presence ??= createPresence()).take(fact);
      this.#owner.changed();
    } else {
      const error = new ChannelError('channel-ended', fact.message, fact.reason);
      this.dispatch({ type: 'ended', error, verdict: fact.verdict });
    }
  }

  // ---- the machine ----

  protected handle(event: MemberEvent): void {
    const before = this.state;
    const hub = this.#hub;
    const { clock, session } = hub.port;
    const { options, params, wireTopic: topic } = this.#owner;
    if (event.type === 'leave') this.#isLeaving = false;
    const holder = hub.holders.get(topic);
    const { state, goodbye } = transition(before, event, {
      now: clock.now(),
      random: clock.random(),
      ref: hub.nextRef(),
      isFree: !!session && (!holder || holder === this),
      isAsked: hub.askers.has(refOf(before)),
      options,
    });
    if (state === before) return;
    this.state = state;

    if (isAtRest(state)) hub.exit(this);
    else if (isAtRest(before)) hub.enter(this);
    if (refOf(state) !== refOf(before) || state.name === 'joined') hub.askers.delete(refOf(before));
    if (refOf(state) !== refOf(before)) {
      this.#controller?.abort();
      this.#controller = this.#held = undefined;
    }
    if (goodbye) this.#sayGoodbye(goodbye.ref, goodbye.joinRef);
    this.#settleTopic();
    if (deadlineOf(state) !== deadlineOf(before)) this.#settleTimer();
    if (state.name === 'joining' && joinRefOf(before) !== state.ref) {
      if (typeof params === 'function') void this.#prepareJoin(state.ref, params as () => unknown);
      else this.#sendJoin(state.ref, params);
    }
    this.#stepped(before);
  }

  /** Hands the topic on, or takes it; who finds it taken waits for its holder. */
  #settleTopic(): void {
    const { holders } = this.#hub;
    const { wireTopic: topic } = this.#owner;
    const holder = holders.get(topic);
    if (holdsTopic(this.state)) holders.set(topic, this);
    else if (holder === this) {
      holders.delete(topic);
      const waiting = this.#successors ?? [];
      this.#successors = undefined;
      for (const successor of waiting) successor.lineFreed();
    } else if (holder && this.state.name === 'waiting') holder.yield(this);
  }

  #settleTimer(): void {
    const { clock } = this.#hub.port;
    const delay = Math.max(0, deadlineOf(this.state) - clock.now());
    const fire = () => this.dispatch({ type: 'timer-fired' });
    this.#stopTimer?.();
    this.#stopTimer = delay < Infinity ? clock.setTimeout(fire, Math.min(delay, MAX_DELAY)) : undefined;
  }

  #stepped(before: State): void {
    const { state } = this;
    const owner = this.#owner;
    if (state.name === 'joined' && before.name !== 'joined') this.#presence?.restart();
    if (isAtRest(state) || state.name === 'leaving') {
      this.#position = undefined;
      this.#presence = undefined;
    }
    if (before.name === 'joined' && state.name !== 'joined') this.#outbox?.lose(whyOf(state));
    if (isAtRest(state)) this.#outbox?.abandon(whyOf(state));
    owner.changed();
    if (state.name === 'joined') {
      for (const fact of this.#held?.splice(0) ?? []) if (!this.#isLeaving) this.#take(fact);
      this.#held = undefined;
      this.#outbox?.flush();
    }
    this.#tellOfAbsence(state);
  }

  #tellOfAbsence({ name, memory }: State): void {
    const { wasJoined, error, recovered } = memory;
    if (name === 'waiting' && wasJoined && !this.#isAway) {
      this.#isAway = true;
      this.#hub.rejoining();
    } else if (this.#isAway && name !== 'waiting' && name !== 'joining') {
      this.#isAway = false;
      this.#hub.rejoined(error ? false : recovered); // who left of its own has neither
    }
  }

  // ---- what is said to the server ----

  async #prepareJoin(ref: number, provide: () => unknown): Promise<void> {
    try {
      const params = await provide();
      if (refOf(this.state) === ref) this.#sendJoin(ref, params);
    } catch (cause) {
      this.#failed(ref, cause);
    }
  }

  #sendJoin(ref: number, params: unknown): void {
    const { askers, port } = this.#hub;
    const { wireTopic: topic } = this.#owner;
    const signal = () => this.#signalOf(ref);
    const join: JoinRequest = {
      ref,
      topic,
      params,
      position: this.#position,
      get signal() {
        return signal();
      },
    };
    askers.set(ref, this);
    try {
      const asked = port.session?.join(join);
      if (asked) asked.catch((cause: unknown) => this.#failed(ref, cause));
    } catch (cause) {
      this.#failed(ref, cause);
    }
  }

  #failed(ref: number, cause: unknown): void {
    const error = cause instanceof TautlineError ? cause : new ChannelError('channel-refused', textOf(cause), cause);
    this.dispatch({ type: 'refused', ref, error, verdict: verdictOf(error) });
  }

  /** Made for who looks at it: it is heavier than all the rest of a channel. */
  #signalOf(ref: number): AbortSignal {
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
    if (joinRefOf(this.state) === ref) this.#position = position;
    this.dispatch({ type: 'replied', ref, payload, recovered });
  }

  #sayGoodbye(ref: number, joinRef: number): void {
    const { askers, port } = this.#hub;
    const { wireTopic: topic } = this.#owner;
    if (this.state.name === 'leaving') askers.set(ref, this);
    isolate(() => port.session?.leave({ ref, joinRef, topic }));
  }
}
