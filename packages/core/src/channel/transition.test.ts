import { describe, expect, test } from 'vitest';
import { edgesOfDiagram, renderTable, type Cell } from '../../test/kit/transitionTable';
import { TautlineError } from '../errors';
import type { CloseVerdict } from '../wire/closeVerdict';
import { deadlineOf, FRESH, IDLE, type Env, type Memory, type State, type StateName } from './state';
import { transition, type MemberEvent } from './transition';

const NOW = 1_000_000;
/** Of the join that is under way, or went well. */
const JOIN = 7;
/** Of the goodbye that is under way. */
const BYE = 8;

const ENV: Env = {
  now: NOW,
  random: 0.5,
  ref: 9,
  isAsked: false,
  isFree: true,
  options: {
    joinTimeout: 10_000,
    rejoin: {
      initialDelay: 1_000,
      maxDelay: 10_000,
      factor: 2,
      jitter: 'none',
      maxAttempts: Infinity,
      minUptime: 5_000,
    },
  },
};

const error = new TautlineError('channel-refused', 'no');
const memory: Memory = { ...FRESH, attempt: 1, wasJoined: true };
const leaving = { name: 'leaving', memory, ref: BYE, deadline: NOW } as const;
const joining = { name: 'joining', memory, ref: JOIN, deadline: NOW } as const;

/** Each state, in the variants that matter. */
const STATES: Record<string, State> = {
  idle: IDLE,
  waiting: { name: 'waiting', memory },
  joining,
  'joining, with a fresh authorisation': { ...joining, memory: { ...memory, reauthorised: true } },
  'joined just now': { name: 'joined', memory, ref: JOIN, joinedAt: NOW },
  'joined long ago': { name: 'joined', memory: { ...memory, attempt: 5 }, ref: JOIN, joinedAt: NOW - 60_000 },
  backoff: { name: 'backoff', memory, deadline: NOW },
  leaving: { ...leaving, isWanted: false },
  'leaving, and wanted again': { ...leaving, isWanted: true },
  left: { name: 'left', memory: FRESH },
  failed: { name: 'failed', memory: { ...FRESH, error } },
};

const verdicts: CloseVerdict[] = ['retry', 'retry-now', 'slow', 'reauth', 'stop'];
const replied = (ref: number): MemberEvent => ({ type: 'replied', ref, payload: 'hi', recovered: true });
const refused = (ref: number, verdict: CloseVerdict): MemberEvent => ({ type: 'refused', ref, error, verdict });

interface Happening {
  readonly event: MemberEvent;
  readonly env?: Partial<Env>;
}

/** Each event, in the variants that matter. */
const EVENTS: Record<string, Happening> = {
  join: { event: { type: 'join' } },
  'join, while the line is down': { event: { type: 'join' }, env: { isFree: false } },
  leave: { event: { type: 'leave' } },
  'leave, and the session was asked': { event: { type: 'leave' }, env: { isAsked: true } },
  'line-freed': { event: { type: 'line-freed' } },
  'line-lost': { event: { type: 'line-lost' }, env: { isFree: false } },
  'line-gone': { event: { type: 'line-gone', error }, env: { isFree: false } },
  'replied, to the join': { event: replied(JOIN) },
  'replied, to the goodbye': { event: replied(BYE) },
  'replied, to a former join': { event: replied(JOIN - 1) },
  ...Object.fromEntries(
    verdicts.map((verdict) => [`refused: ${verdict}`, { event: refused(JOIN, verdict) } satisfies Happening]),
  ),
  'refused, a goodbye': { event: refused(BYE, 'stop') },
  'refused, a former join': { event: refused(JOIN - 1, 'stop') },
  'refused: retry, and none is allowed': {
    event: refused(JOIN, 'retry'),
    env: { options: { joinTimeout: 10_000, rejoin: null } },
  },
  ...Object.fromEntries(
    verdicts.map((verdict) => [`ended: ${verdict}`, { event: { type: 'ended', error, verdict } } satisfies Happening]),
  ),
  overflowed: { event: { type: 'overflowed' }, env: { isAsked: true } },
  'timer-fired': { event: { type: 'timer-fired' } },
  'timer-fired, and the session was asked': { event: { type: 'timer-fired' }, env: { isAsked: true } },
};

const cells = (): Cell<State>[] =>
  Object.entries(STATES).flatMap(([stateName, before]) =>
    Object.entries(EVENTS).flatMap(([eventName, { event, env }]) => {
      if (event.type === 'timer-fired' && deadlineOf(before) === Infinity) return []; // a timer fires only where one runs
      const { state: after, goodbye } = transition(before, event, { ...ENV, ...env });
      return [{ stateName, eventName, before, after, orders: goodbye ? `goodbye ${goodbye.ref}` : '' }];
    }),
  );

function describeState(_before: State, state: State): string {
  const { attempt, error: why, recovered } = state.memory;
  const until = `until +${deadlineOf(state) - NOW}`;
  switch (state.name) {
    case 'joining':
      return `joining ${state.ref}, ${until}`;
    case 'joined':
      return `joined, recovered ${recovered}`;
    case 'backoff':
      return `backoff, ${until}, attempt ${attempt}`;
    case 'leaving':
      return `leaving, ${until}${state.isWanted ? ', wanted again' : ''}`;
    default:
      return `${state.name}${why ? `: ${why.code}` : ''}`;
  }
}

describe('the table of transitions', () => {
  test('reads like this', async () => {
    await expect(renderTable('The transitions of a membership', cells(), describeState)).toMatchFileSnapshot(
      'transition.table.md',
    );
  });

  test('covers every state', () => {
    const names: StateName[] = ['idle', 'waiting', 'joining', 'joined', 'backoff', 'leaving', 'left', 'failed'];
    expect(new Set(cells().map(({ before }) => before.name))).toEqual(new Set(names));
  });

  test('says goodbye nowhere but where something changes', () => {
    for (const { before, after, orders } of cells()) if (after === before) expect(orders).toBe('');
  });

  test('has exactly the edges of the diagram in state.ts', () => {
    const isEdge = (before: State, after: State) =>
      before.name !== after.name || ('ref' in before && 'ref' in after && before.ref !== after.ref);
    const edges = cells()
      .filter(({ before, after }) => isEdge(before, after))
      .map(({ before, after }) => `${before.name} --> ${after.name}`);
    const drawn = edgesOfDiagram(new URL('state.ts', import.meta.url));
    expect(drawn.length).toBeGreaterThan(10);
    expect([...new Set(edges)].sort()).toEqual(drawn.sort());
  });
});
