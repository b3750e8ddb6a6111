import { TautlineError } from '../../../packages/core/src/errors';
import { MAX_DELAY } from '../../../packages/core/src/lib/clock';
import type { MachineEvent } from '../../../packages/core/src/machine/events';
import { lineOf, timersOf, wantsLine } from '../../../packages/core/src/machine/lasting';
import { sameOrNext, snapshotOf } from '../../../packages/core/src/machine/snapshot';
import type { Env, State } from '../../../packages/core/src/machine/state';
import { transition, type Step } from '../../../packages/core/src/machine/transition';

/** One step of the machine. */
export interface Taken {
  readonly before: State;
  readonly event: MachineEvent;
  readonly step: Step;
  readonly env: Env;
}

type Rule = (taken: Taken) => boolean;

const runningIn = (state: State, { options }: Env) =>
  Object.entries(timersOf(state, options)).filter(([, deadline]) => deadline !== Infinity);

const ENDS = { offline: 'went-online', hidden: 'page-shown', frozen: 'page-resumed' } as const;

/** What must be true of every step, as in `properties.test.ts` of the machine. */
const RULES: Readonly<Record<string, Rule>> = {
  'at most one line, and it is the newest': ({ before, step: { state } }) => {
    const line = lineOf(state);
    const isNew = line !== 0 && line !== lineOf(before);
    return (line === 0 || line === state.memory.lines) && (!isNew || line === before.memory.lines + 1);
  },
  'a waiting state holds exactly its timer, or a pause': ({ step: { state }, env }) => {
    if (state.name !== 'backoff') return true;
    const names = runningIn(state, env).map(([name]) => name);
    return 'paused' in state.wait ? !names.length : names.filter((name) => name !== 'hidden').join() === 'retry';
  },
  'a resting state holds no timer, no line and no ear': ({ step: { state }, env }) =>
    (state.name !== 'idle' && state.name !== 'closed' && state.name !== 'disposed') ||
    (!runningIn(state, env).length && !lineOf(state) && !wantsLine(state) && state.memory.lostAt === null),
  'a line that is waited for has a deadline, if there is one': ({ step: { state }, env }) => {
    const { connectTimeout, closeTimeout } = env.options;
    const isPatient = (state.name === 'connecting' ? connectTimeout : closeTimeout) === Infinity;
    return (state.name !== 'connecting' && state.name !== 'closing') || isPatient || runningIn(state, env).length > 0;
  },
  'what a former line says changes nothing': ({ before, event, step }) =>
    !('line' in event) || event.line === lineOf(before) || (step.state === before && step.effect === undefined),
  'after dispose nothing changes anything': ({ before, step }) =>
    before.name !== 'disposed' || (step.state === before && step.effect === undefined),
  'nothing is done where nothing changes': ({ before, step }) => step.state !== before || step.effect === undefined,
  'attempts and waits are bounded': ({ before, event, step: { state }, env }) => {
    const { attempt } = state.memory;
    if (!Number.isInteger(attempt) || attempt < 0 || attempt > (env.options.reconnect?.maxAttempts ?? 0)) return false;
    const isNew = state.name === 'backoff' && (before.name !== 'backoff' || before.wait !== state.wait);
    if (!isNew || !('retryAt' in state.wait)) return true;
    const wait = state.wait.retryAt - env.now;
    const isShortened = before.name === 'backoff' && event.type !== 'line-closed'; // what was overdue stays so
    return wait <= MAX_DELAY && (wait >= 0 || isShortened);
  },
  'every deadline is a moment': ({ step: { state }, env }) =>
    runningIn(state, env).every(([, deadline]) => Number.isFinite(deadline)),
  'a pause ends when its reason does': ({ step: { state }, env }) => {
    if (state.name !== 'backoff' || !('paused' in state.wait)) return true;
    const well = { ...env, online: true, hidden: false };
    const { state: woken } = transition(state, { type: ENDS[state.wait.paused] }, well);
    return woken.name === 'backoff' && 'retryAt' in woken.wait;
  },
  'what is wanted has a line, a timer or a pause': ({ step: { state }, env }) =>
    !wantsLine(state) ||
    lineOf(state) > 0 ||
    runningIn(state, env).length > 0 ||
    (state.name === 'backoff' && 'paused' in state.wait),
  'only a wish leads out of rest': ({ before, event, step: { state } }) =>
    (before.name !== 'idle' && before.name !== 'closing' && before.name !== 'closed') ||
    event.type === 'connect' ||
    event.type === 'reconnect' ||
    !wantsLine(state),
  'offline, no attempt starts but the one that is insisted on': ({ before, event, step: { state }, env }) =>
    env.online || event.type === 'reconnect' || lineOf(state) === lineOf(before) || lineOf(state) === 0,
  'the snapshot is the same object while nothing it shows changed': ({ before, step: { state } }) => {
    if (state === before) return true;
    const shown = snapshotOf(before);
    return sameOrNext(shown, snapshotOf(before)) === shown;
  },
  'the snapshot never contradicts itself': ({ before, step: { state } }) => {
    if (state === before) return true;
    const { status, readyState, retryAt, paused, error, close, connectedAt } = snapshotOf(state);
    const isUp = status === 'connected';
    const isWaiting = retryAt !== null || paused !== null;
    return (
      (retryAt === null || paused === null) &&
      isUp === (readyState === 1) &&
      isUp === (connectedAt !== null) &&
      (!isUp || (!isWaiting && error === null && close === null)) &&
      (status !== 'failed' || error instanceof TautlineError) &&
      (!isWaiting || status === 'connecting' || status === 'reconnecting')
    );
  },
};

const NAMED = Object.entries(RULES);

/** The names of the rules that a step breaks. */
export const brokenRules = (taken: Taken): string[] => NAMED.filter(([, holds]) => !holds(taken)).map(([name]) => name);
