import type { ConnectionSnapshot } from '@tautline/core';
import { formatMilliseconds } from '../format';
import type { LineEntry } from './lineRecorder';

type Transition = Extract<LineEntry, { type: 'transition' }>;
type StateName = Transition['to'];

export type SpanState = 'idle' | 'connecting' | 'connected' | 'waiting' | 'paused' | 'closed' | 'failed';

/** A state that lasted. Times in milliseconds since the epoch, cut to the window. */
export interface Span {
  readonly state: SpanState;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export type MarkKind = 'attempt' | 'connected' | 'heartbeat' | 'silence' | 'loss' | 'drop' | 'page';

/** Something that happened. */
export interface Mark {
  readonly kind: MarkKind;
  readonly at: number;
  readonly text: string;
}

export interface Timeline {
  readonly spans: readonly Span[];
  readonly marks: readonly Mark[];
}

/** What a line lived through between two times. */
export function timelineOf(entries: readonly LineEntry[], from: number, to: number): Timeline {
  return { spans: spansOf(entries, from, to), marks: marksOf(entries).filter(({ at }) => at >= from && at <= to) };
}

/** The newest events, the newest first; heartbeats that were answered are none. */
export function lastEventsOf(entries: readonly LineEntry[], count: number): Mark[] {
  return marksOf(entries)
    .filter(({ kind }) => kind !== 'heartbeat')
    .slice(-count)
    .reverse();
}

function spansOf(entries: readonly LineEntry[], from: number, to: number): Span[] {
  const steps = entries.filter((entry) => entry.type === 'transition');
  const edges = [{ at: -Infinity, state: steps[0] ? STATES[steps[0].from] : 'idle', text: 'Before' }];
  for (const { time, to: name, snapshot } of steps) {
    const state = stateOf(name, snapshot);
    const text = textOf(state, snapshot);
    const last = edges.at(-1);
    if (last?.state !== state || last.text !== text) edges.push({ at: time, state, text });
  }
  return edges.flatMap(({ at, state, text }, index) => {
    const until = edges[index + 1]?.at ?? to;
    const span = { state, from: Math.max(at, from), to: Math.min(until, to) };
    if (span.from >= span.to) return [];
    return { ...span, text: at === -Infinity ? text : `${text}, ${((until - at) / 1_000).toFixed(1)} s` };
  });
}

const STATES: Readonly<Record<StateName, SpanState>> = {
  idle: 'idle',
  connecting: 'connecting',
  open: 'connected',
  backoff: 'waiting',
  closing: 'closed',
  closed: 'closed',
  disposed: 'closed',
};

function stateOf(name: StateName, { status, paused }: ConnectionSnapshot): SpanState {
  if (status === 'failed') return 'failed';
  return paused ? 'paused' : STATES[name];
}

function textOf(state: SpanState, { attempt, paused }: ConnectionSnapshot): string {
  switch (state) {
    case 'paused':
      return `Paused: ${paused}`;
    case 'waiting':
      return `Waiting for attempt ${attempt}`;
    default:
      return state[0]?.toUpperCase() + state.slice(1);
  }
}

const PAGE_EVENTS: { readonly [event in Transition['event']]?: string } = {
  'went-offline': 'The network is gone',
  'went-online': 'The network is back',
  'page-hidden': 'The page is hidden',
  'page-shown': 'The page is shown',
  'page-frozen': 'The page is frozen',
  'page-resumed': 'The page is resumed',
};

function marksOf(entries: readonly LineEntry[]): Mark[] {
  const marks: Mark[] = [];
  /** Where the mark of the ping is that is not answered for sure. */
  let ping = -1;
  for (const entry of entries) {
    if (entry.type === 'transition') {
      if (ping >= 0 && entry.event === 'line-heard') marks[ping] = answered(marks[ping], entry.snapshot.latency);
      else if (ping >= 0 && marks[ping]?.text === UNANSWERED && hasLeft(entry, 'open'))
        marks[ping] = { ...(marks[ping] as Mark), kind: 'silence' }; // it was there a moment ago
      marks.push(...marksOfStep(entry));
      if (hasLeft(entry, 'open')) ping = -1;
      else if (marks.at(-1)?.kind === 'heartbeat' && isPing(entry)) ping = marks.length - 1;
    } else marks.push(markOf(entry));
  }
  return marks;
}

const UNANSWERED = 'Heartbeat, not answered';

const answered = (ping: Mark | undefined, latency: number | null): Mark => ({
  kind: 'heartbeat',
  at: ping?.at ?? 0,
  text: latency === null ? 'Heartbeat, answered' : `Heartbeat, answered after ${formatMilliseconds(latency)}`,
});

function markOf(entry: Exclude<LineEntry, Transition>): Mark {
  if (entry.type === 'drops') return { kind: 'drop', at: entry.time, text: `${entry.count} dropped: ${entry.reason}` };
  const { attempt, reason, time: at } = entry;
  return { kind: 'attempt', at, text: attempt ? `Attempt ${attempt} (${reason})` : `Attempt (${reason})` };
}

function marksOfStep(step: Transition): Mark[] {
  const { event, to, time: at, snapshot } = step;
  const marks: Mark[] = [];
  const page = PAGE_EVENTS[event];
  if (page) marks.push({ kind: 'page', at, text: page });
  if (isPing(step)) marks.push({ kind: 'heartbeat', at, text: UNANSWERED });
  if (to === 'open' && step.from !== 'open') marks.push({ kind: 'connected', at, text: 'Connected' });
  if (hasLeft(step, 'open')) marks.push({ kind: 'loss', at, text: lossOf(snapshot) });
  else if (hasLeft(step, 'connecting') && to !== 'open' && snapshot.error)
    marks.push({ kind: 'loss', at, text: snapshot.error.message });
  return marks;
}

const hasLeft = ({ from, to }: Transition, name: StateName): boolean => from === name && to !== name;

/** A line that is told of network or page asks at once whether the peer is there. */
const isPing = ({ event, timer, from, to }: Transition): boolean =>
  from === 'open' && to === 'open' && event === 'timer-fired' && timer === 'ping';

function lossOf({ close, error, paused }: ConnectionSnapshot): string {
  if (error?.code === 'heartbeat-timeout' || error?.code === 'idle-timeout') return `Lost: ${error.message}`;
  if (paused && !close) return `Closed: ${paused}`;
  return close ? `Close ${close.code}${close.reason && ` “${close.reason}”`}` : 'Closed';
}
