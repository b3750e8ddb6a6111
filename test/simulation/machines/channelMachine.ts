import { TautlineError } from '../../../packages/core/src/errors';
import {
  deadlineOf,
  holdsTopic,
  IDLE,
  type Env,
  type MachineOptions,
  type State,
} from '../../../packages/core/src/channel/state';
import { transition, type MemberEvent } from '../../../packages/core/src/channel/transition';
import type { CloseVerdict } from '../../../packages/core/src/wire/closeVerdict';
import { brokenRules } from './channelRules';
import type { Explored } from './explore';

/** A membership at a moment that is always the same, on a line that is up or not. */
export interface Situation {
  readonly state: State;
  readonly isUp: boolean;
}

/** Something happens, perhaps after some time. */
export interface Happening {
  readonly event: MemberEvent | null;
  readonly after: number;
  /** Another membership has the topic. */
  readonly isTaken: boolean;
  /** The session was asked to join. */
  readonly isAsked: boolean;
}

const NOW = 1_000_000;
/** Of the newest request, of the one before, and of one long ago. */
const [NEWEST, BEFORE, FORMER] = [7, 6, 1];

/** Time passes in steps of this length, in milliseconds; all durations are multiples of it. */
const TICK = 1_000;

const VERDICTS: readonly CloseVerdict[] = ['retry', 'retry-now', 'slow', 'reauth', 'stop'];
const ERROR = new TautlineError('channel-refused', 'no');

export function channelMachine(options: MachineOptions): Explored<Situation, Happening> {
  return {
    start: { state: IDLE, isUp: false },
    keyOf,
    eventsIn: (situation) => [...now(situation), ...later(situation, options)],
    after({ state, isUp: wasUp }, { event, after, isTaken, isAsked }) {
      const isUp =
        event?.type === 'line-freed' || (wasUp && event?.type !== 'line-lost' && event?.type !== 'line-gone');
      const env: Env = { now: NOW + after, random: 0, ref: NEWEST + 1, isFree: isUp && !isTaken, isAsked, options };
      const step = event ? transition(state, event, env) : { state };
      const next = { state: fromNow(step.state, env), isUp };
      return { next, broken: event ? brokenRules({ before: state, event, step, env }) : [] };
    },
  };
}

/** What can happen at once, whatever runs. Nobody else has a topic that this one holds. */
function now({ state, isUp }: Situation): Happening[] {
  const events: MemberEvent[] = [
    ...(['join', 'leave', 'line-lost', 'line-freed', 'overflowed'] as const).map((type) => ({ type })),
    ...[NEWEST, BEFORE, FORMER].flatMap(answersTo),
    { type: 'line-gone', error: ERROR },
    ...VERDICTS.map((verdict) => ({ type: 'ended', error: ERROR, verdict }) as const),
  ];
  const worlds = worldsOf(state, isUp);
  return events.flatMap((event) =>
    worlds
      .filter(({ isTaken }) => event.type !== 'line-freed' || !isTaken)
      .map((world) => ({ event, after: 0, ...world })),
  );
}

/** What may be true of the rest of the world. */
function worldsOf(state: State, isUp: boolean): Pick<Happening, 'isTaken' | 'isAsked'>[] {
  const taken = isUp && !holdsTopic(state) ? [false, true] : [false];
  const asked = state.name === 'joining' ? [false, true] : [false];
  return taken.flatMap((isTaken) => asked.map((isAsked) => ({ isTaken, isAsked })));
}

const answersTo = (ref: number): MemberEvent[] => [
  ...[true, false].map((recovered) => ({ type: 'replied', ref, payload: undefined, recovered }) as const),
  ...VERDICTS.map((verdict) => ({ type: 'refused', ref, error: ERROR, verdict }) as const),
];

/** The timer fires; or less time passes, and nothing happens. */
function later({ state, isUp }: Situation, { rejoin }: MachineOptions): Happening[] {
  const next = deadlineOf(state) - NOW;
  const fired = (next < Infinity ? worldsOf(state, isUp) : []).map((world) => ({
    event: { type: 'timer-fired' } as const,
    after: Math.max(0, next),
    ...world,
  }));
  const ages = state.name === 'joined' && NOW - state.joinedAt < (rejoin?.minUptime ?? 0);
  return ages || (next > TICK && next < Infinity)
    ? [...fired, { event: null, after: TICK, isTaken: false, isAsked: false }]
    : fired;
}

/** The same situation, told from the moment that is always the same. Refs keep their order. */
function fromNow(state: State, { now: moment, options }: Env): State {
  const at = (time: number) => (time === Infinity ? time : NOW + Math.max(0, time - moment));
  switch (state.name) {
    case 'joining':
      return { ...state, ref: NEWEST, deadline: at(state.deadline) };
    case 'joined': {
      const lasted = Math.min(moment - state.joinedAt, options.rejoin?.minUptime ?? 0);
      return { ...state, ref: NEWEST, joinedAt: NOW - lasted };
    }
    case 'leaving':
      return { ...state, ref: NEWEST, deadline: at(state.deadline) };
    case 'backoff':
      return { ...state, deadline: at(state.deadline) };
    default:
      return state;
  }
}

const keyOf = ({ state, isUp }: Situation): string =>
  JSON.stringify([state, isUp], (name, value: unknown) => {
    if (name === 'error') return value !== null;
    return value === Infinity ? 'never' : value;
  });
