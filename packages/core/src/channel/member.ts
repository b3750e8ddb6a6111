import { ChannelError, TautlineError } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import { isolate } from '../lib/isolate';
import { createMailbox } from '../lib/mailbox';
import { textOf } from '../lib/textOf';
import type { CloseVerdict } from '../wire/closeVerdict';
import { createOutbox } from './outbox';
import type { Hub, Member, TopicFact } from './parts';
import { createPresence } from './presence';
import { statusOf } from './snapshot';
import { deadlineOf, holdsTopic, IDLE, isAtRest, joinRefOf, refOf, type MachineOptions, type State } from './state';
import { transition, type MemberEvent } from './transition';

/** Who a member works for. */
export interface MemberOwner {
  readonly options: MachineOptions;
  /** The topic's name on the wire. */
  readonly topic: string;
  readonly params: unknown;
  isRetained(): boolean;
  heard(fact: TopicFact & { type: 'event' }): void;
  /** Called after each step and each change of presence, when everything is in place. */
  changed(): void;
}

/** Who hears this much before the answer to a join does not wait for it any longer. */
const MAX_HELD = 1_000;

export function createMember(hub: Hub, owner: MemberOwner): Member {
  const { port, outcomes, holders } = hub;
  const { clock } = port;
  const { topic } = owner;
  /** Where to go on from; messages move it, so it is no part of the state. */
  let position: unknown;
  /** Came before the join's reply. */
  let held: TopicFact[] = [];
  let joining: AbortController | undefined;
  /** The line was lost, and it is not known yet what was missed. */
  let isAway = false;
  let stopTimer: (() => void) | undefined;
  const successors = new Set<() => void>();
  /** A listener has called `leave` in the middle of a step: nothing more is to be heard or sent. */
  let isLeaving = false;
  const outbox = createOutbox(hub, () => member.state.name === 'joined' && !isLeaving);

  const refused = (ref: number, error: TautlineError, verdict: CloseVerdict) =>
    dispatch({ type: 'refused', ref, error, verdict });

  const startJoin = async (ref: number) => {
    const { signal } = (joining = new AbortController());
    try {
      // Even what is at hand is awaited: a join is never sent in the middle of a step.
      const params = await (typeof owner.params === 'function' ? (owner.params as () => unknown)() : owner.params);
      if (signal.aborted) return;
      outcomes.set(ref, (outcome) => {
        if (outcome.type === 'refusal') {
          const { message, reason, verdict = 'stop' } = outcome;
          return refused(ref, new ChannelError('channel-refused', message, reason), verdict);
        }
        const { payload, recovered = false } = outcome;
        if (joinRefOf(member.state) === ref) position = outcome.position;
        dispatch({ type: 'replied', ref, payload, recovered });
      });
      dispatch({ type: 'join-sent', ref });
      await port.session?.join({ ref, topic, params, position, signal });
    } catch (cause) {
      const error = cause instanceof TautlineError ? cause : new ChannelError('channel-refused', textOf(cause), cause);
      const { verdict = 'retry' } = error as { verdict?: CloseVerdict }; // some errors say what is to become of it
      refused(ref, error, verdict);
    }
  };

  const sayGoodbye = (ref: number, joinRef: number) => {
    if (member.state.name === 'leaving') {
      // Who refuses to let us go does not know us: that is an answer too.
      outcomes.set(ref, () => dispatch({ type: 'replied', ref, payload: undefined, recovered: false }));
    }
    isolate(() => port.session?.leave({ ref, joinRef, topic }));
  };

  /** Hands the topic on, or takes it; who finds it taken waits for its holder. */
  const settleTopic = (state: State) => {
    const holder = holders.get(topic);
    if (holdsTopic(state)) holders.set(topic, member);
    else if (holder === member) {
      holders.delete(topic);
      const waiting = [...successors];
      successors.clear();
      for (const freed of waiting) freed();
    } else if (holder && state.name === 'waiting') holder.yield(member.lineFreed);
  };

  const dispatch = createMailbox((event: MemberEvent) => {
    const before = member.state;
    if (event.type === 'leave') isLeaving = false;
    const holder = holders.get(topic);
    const { state, goodbye } = transition(before, event, {
      now: clock.now(),
      random: clock.random(),
      ref: hub.nextRef(),
      isFree: !!port.session && (!holder || holder === member),
      options: owner.options,
    });
    if (state === before) return;
    member.state = state;

    if (isAtRest(state)) hub.exit(member);
    else hub.enter(member);
    if (refOf(state) !== refOf(before)) {
      joining?.abort();
      held = [];
      outcomes.delete(refOf(before));
    }
    if (goodbye) sayGoodbye(goodbye.ref, goodbye.joinRef);
    settleTopic(state);
    stopTimer?.();
    stopTimer = undefined;
    const delay = Math.max(0, deadlineOf(state) - clock.now());
    if (delay < Infinity)
      stopTimer = clock.setTimeout(() => dispatch({ type: 'timer-fired' }), Math.min(delay, MAX_DELAY));
    if (state.name === 'joining' && joinRefOf(before) !== state.ref) void startJoin(state.ref);
    stepped(before, state);
  });

  const stepped = (before: State, state: State) => {
    const { wasJoined, error, recovered } = state.memory;
    if (state.name === 'joined' && before.name !== 'joined') member.presence.restart();
    if (isAtRest(state) || state.name === 'leaving') {
      position = undefined;
      member.presence.clear();
    }
    if (before.name === 'joined' && state.name !== 'joined') outbox.lose(whyOf(state));
    if (isAtRest(state)) outbox.abandon(whyOf(state));
    owner.changed();
    if (state.name === 'joined') {
      for (const fact of held.splice(0)) if (!isLeaving) take(fact);
      outbox.flush();
    }
    if (state.name === 'waiting' && wasJoined && !isAway) {
      isAway = true;
      hub.rejoining();
    } else if (isAway && state.name !== 'waiting' && state.name !== 'joining') {
      isAway = false;
      hub.rejoined(error ? false : recovered); // who left of its own has neither
    }
  };

  const take = (fact: TopicFact) => {
    if (fact.type === 'event') {
      position = fact.position ?? position;
      owner.heard(fact);
    } else if (fact.type === 'presence') {
      member.presence.take(fact);
      owner.changed();
    } else {
      const error = new ChannelError('channel-ended', fact.message, fact.reason);
      dispatch({ type: 'ended', error, verdict: fact.verdict });
    }
  };

  const member: { -readonly [K in keyof Member]: Member[K] } = {
    state: IDLE,
    presence: createPresence(),
    send(event, payload, options) {
      const { state } = member;
      const isOver = isLeaving || ['left', 'failed', 'leaving'].includes(statusOf(state));
      const push = (ref: number, isWanted: () => boolean) =>
        port.session?.push({ ref, joinRef: joinRefOf(member.state), topic, event, payload, isWanted });
      const reply = isOver ? Promise.reject(whyOf(state)) : outbox.ask(push, options);
      reply.catch(() => {}); // the network's failures are no errors of a program that does not ask
      return reply;
    },
    dispatch,
    leave() {
      isLeaving = true;
      dispatch({ type: 'leave' });
    },
    hear(fact) {
      const ref = joinRefOf(member.state);
      if (!ref || isLeaving || (fact.ref !== undefined && fact.ref !== ref)) return; // of a former membership
      if (member.state.name === 'joined' || (fact.ref && fact.type === 'ended')) take(fact);
      else if (fact.ref && held.push(fact) > MAX_HELD) dispatch({ type: 'timer-fired' });
    },
    lineFreed: () => dispatch({ type: 'line-freed' }),
    lineLost(error) {
      outbox.lose(error);
      dispatch({ type: 'line-lost' });
    },
    lineGone: (error) => dispatch({ type: 'line-gone', error }),
    yield(freed) {
      if (!owner.isRetained()) dispatch({ type: 'leave' });
      else if (!successors.has(freed)) console.warn(`Tautline: "${topic}" waits, joined with other params.`);
      successors.add(freed);
    },
  };
  return member;
}

/** Why nothing will come of what was sent, or waits, in this state. */
const whyOf = ({ memory }: State): TautlineError => memory.error ?? leftError();

const leftError = () => new ChannelError('channel-left', 'The channel was left.');
