import { TautlineError } from '../../../packages/core/src/errors';
import { channelSnapshotOf } from '../../../packages/core/src/channel/snapshot';
import {
  deadlineOf,
  holdsTopic,
  isAtRest,
  joinRefOf,
  type Env,
  type State,
} from '../../../packages/core/src/channel/state';
import type { MemberEvent, Step } from '../../../packages/core/src/channel/transition';
import { sameOrNext } from '../../../packages/core/src/machine/snapshot';

/** One step of a membership. */
export interface Taken {
  readonly before: State;
  readonly event: MemberEvent;
  readonly step: Step;
  readonly env: Env;
}

type Rule = (taken: Taken) => boolean;

const ASKS: readonly string[] = ['joining', 'joined', 'waiting', 'backoff'];
const FINAL: readonly string[] = ['stop', 'reauth'];

/** What must be true of every step, as in `properties.test.ts` of the membership. */
const RULES: Readonly<Record<string, Rule>> = {
  'a state that lasts by itself has no timer, and every other has one': ({ step: { state }, env }) => {
    if (isAtRest(state) || state.name === 'waiting' || state.name === 'joined') return deadlineOf(state) === Infinity;
    const isPatient = state.name === 'joining' && env.options.joinTimeout === Infinity;
    return isPatient || Number.isFinite(deadlineOf(state));
  },
  'what is said to a former join or goodbye changes nothing': ({ before, event, step }) =>
    !('ref' in event) ||
    ('ref' in before && event.ref === before.ref) ||
    (step.state === before && step.goodbye === undefined),
  'each join and each goodbye has a ref of its own': ({ before, step: { state, goodbye }, env }) => {
    const ref = joinRefOf(state);
    if (ref !== 0 && ref !== joinRefOf(before) && ref !== env.ref) return false;
    return !goodbye || (goodbye.ref === env.ref && goodbye.joinRef === joinRefOf(before));
  },
  'the topic is held only while the line is up and nobody else has it': ({ before, event, step: { state }, env }) =>
    ((event.type !== 'line-lost' && event.type !== 'line-gone') || !holdsTopic(state)) &&
    (holdsTopic(before) || env.isFree || !holdsTopic(state)),
  'a goodbye is said whenever the server may think that we are in, and we are not': ({ before, event, step, env }) => {
    const mayBeIn = before.name === 'joined' || (before.name === 'joining' && env.isAsked);
    const isByTheServer =
      event.type === 'refused' || event.type === 'ended' || event.type === 'line-lost' || event.type === 'line-gone';
    const isOut = joinRefOf(step.state) !== joinRefOf(before);
    return !!step.goodbye === (mayBeIn && isOut && !isByTheServer);
  },
  'nothing comes back by itself once it was left': ({ before, event, step: { state } }) =>
    !isAtRest(before) || event.type === 'join' || event.type === 'leave' || state === before,
  'who leaves is out, or on the way': ({ event, step: { state } }) =>
    event.type !== 'leave' || ['idle', 'left', 'leaving'].includes(state.name),
  'nothing that is wanted is forgotten': ({ before, event, step: { state }, env }) => {
    const { rejoin } = env.options;
    const mayEnd =
      event.type === 'leave' || event.type === 'line-gone' || ('verdict' in event && FINAL.includes(event.verdict));
    const mayGiveUp = !rejoin || state.memory.attempt >= rejoin.maxAttempts || rejoin.maxAttempts < Infinity;
    return !ASKS.includes(before.name) || mayEnd || mayGiveUp || ASKS.includes(state.name);
  },
  'attempts are bounded': ({ step: { state }, env }) => state.memory.attempt <= (env.options.rejoin?.maxAttempts ?? 0),
  'only a membership that came back says whether it recovered': ({ before, event, step: { state } }) => {
    if (state.name !== 'joined' || before.name === 'joined') return true;
    const said = event.type === 'replied' && event.recovered;
    return state.memory.error === null && state.memory.recovered === (before.memory.wasJoined ? said : null);
  },
  'the snapshot is the same object while nothing it shows changed, and says why where it ended': (taken) => {
    const { before, event, step } = taken;
    const shown = channelSnapshotOf(before, []);
    if (sameOrNext(shown, channelSnapshotOf(before, shown.presence)) !== shown) return false;
    const next = channelSnapshotOf(step.state, shown.presence);
    if (next.status === 'failed' && !(next.error instanceof TautlineError)) return false;
    return event.type !== 'leave' || before.name === 'left' || next.error === null;
  },
};

const NAMED = Object.entries(RULES);

/** The names of the rules that a step breaks. */
export const brokenRules = (taken: Taken): string[] => NAMED.filter(([, holds]) => !holds(taken)).map(([name]) => name);
