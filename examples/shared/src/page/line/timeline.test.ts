import type { ConnectionSnapshot, InspectRecord } from '@tautline/core';
import { describe, expect, it } from 'vitest';
import { LineRecorder } from './lineRecorder';
import { lastEventsOf, timelineOf } from './timeline';

type Transition = Extract<InspectRecord, { type: 'transition' }>;
type Path = `${Transition['from']} > ${Transition['to']}`;

const IDLE: ConnectionSnapshot = {
  status: 'idle',
  readyState: 3,
  attempt: 0,
  retryAt: null,
  paused: null,
  error: null,
  close: null,
  latency: null,
  subprotocol: '',
  connectedAt: null,
};

/** A step at a time, on a path, with what is different from an idle line. */
function step(time: number, path: Path, over: Partial<Transition> & { of?: Partial<ConnectionSnapshot> } = {}) {
  const [from, to] = path.split(' > ') as [Transition['from'], Transition['to']]; // as the type of the path says
  const { of, ...rest } = over;
  const event = 'line-closed' as const;
  return { type: 'transition', time, event, timer: null, from, to, snapshot: { ...IDLE, ...of }, ...rest } as const;
}

function recorded(...records: InspectRecord[]) {
  const recorder = new LineRecorder();
  for (const record of records) recorder.record(record);
  return recorder;
}

const LIFE = [
  step(1_000, 'idle > connecting', { event: 'connect', of: { status: 'connecting' } }),
  { type: 'attempt', time: 1_000, attempt: 0, reason: 'connect', url: 'ws://x', protocols: 0 },
  step(2_000, 'connecting > open', { event: 'line-opened', of: { status: 'connected' } }),
  step(3_000, 'open > open', { event: 'timer-fired', timer: 'ping', of: { status: 'connected' } }),
  step(3_020, 'open > open', { event: 'line-heard', of: { status: 'connected', latency: 20 } }),
  step(5_000, 'open > backoff', {
    of: { status: 'reconnecting', attempt: 1, close: { code: 1012, reason: 'bye', wasClean: true } },
  }),
  step(6_000, 'backoff > backoff', { event: 'went-offline', of: { status: 'reconnecting', paused: 'offline' } }),
  step(8_000, 'backoff > connecting', { event: 'went-online', of: { status: 'reconnecting', attempt: 1 } }),
] satisfies InspectRecord[];

describe('spans', () => {
  it('cover the window without a gap, from what was before to now', () => {
    const { spans } = timelineOf(recorded(...LIFE).entries, 0, 10_000);
    expect(spans.map(({ state, from, to }) => [state, from, to])).toEqual([
      ['idle', 0, 1_000],
      ['connecting', 1_000, 2_000],
      ['connected', 2_000, 5_000],
      ['waiting', 5_000, 6_000],
      ['paused', 6_000, 8_000],
      ['connecting', 8_000, 10_000],
    ]);
  });

  it('are cut to the window, and still say how long they lasted', () => {
    const { spans } = timelineOf(recorded(...LIFE).entries, 4_000, 5_500);
    expect(spans).toEqual([
      { state: 'connected', from: 4_000, to: 5_000, text: 'Connected, 3.0 s' },
      { state: 'waiting', from: 5_000, to: 5_500, text: 'Waiting for attempt 1, 1.0 s' },
    ]);
  });

  it('say that nobody asked for a line yet', () => {
    expect(timelineOf([], 0, 100).spans).toEqual([{ state: 'idle', from: 0, to: 100, text: 'Before' }]);
  });

  it('tell giving up from being closed', () => {
    const gaveUp = step(10, 'connecting > closed', { of: { status: 'failed' } });
    const wished = step(10, 'closing > closed', { of: { status: 'disconnected' } });
    expect(timelineOf([gaveUp], 10, 20).spans[0]?.state).toBe('failed');
    expect(timelineOf([wished], 10, 20).spans[0]?.state).toBe('closed');
  });
});

describe('marks', () => {
  it('say what happened, in order', () => {
    const { marks } = timelineOf(recorded(...LIFE).entries, 0, 10_000);
    expect(marks.map(({ kind, at, text }) => [kind, at, text])).toEqual([
      ['attempt', 1_000, 'Attempt (connect)'],
      ['connected', 2_000, 'Connected'],
      ['heartbeat', 3_000, 'Heartbeat, answered after 20 ms'],
      ['loss', 5_000, 'Close 1012 “bye”'],
      ['page', 6_000, 'The network is gone'],
      ['page', 8_000, 'The network is back'],
    ]);
  });

  it('are left out beyond the window', () => {
    expect(timelineOf(recorded(...LIFE).entries, 4_000, 5_500).marks).toHaveLength(1);
  });

  it('tell a heartbeat that was never answered', () => {
    const { marks } = timelineOf(
      [
        step(0, 'open > open', { event: 'timer-fired', timer: 'ping' }),
        step(2_000, 'open > backoff', { event: 'timer-fired', timer: 'ping', of: { status: 'reconnecting' } }),
      ],
      0,
      3_000,
    );
    expect(marks.map(({ kind }) => kind)).toEqual(['silence', 'loss']);
  });

  it('of answered heartbeats are no events worth a line; the newest event comes first', () => {
    const texts = lastEventsOf(recorded(...LIFE).entries, 2).map(({ text }) => text);
    expect(texts).toEqual(['The network is back', 'The network is gone']);
    expect(lastEventsOf(recorded(...LIFE).entries, 20).some(({ kind }) => kind === 'heartbeat')).toBe(false);
  });
});

describe('the recorder', () => {
  it('counts messages and keeps none', () => {
    const recorder = recorded(
      { type: 'message', time: 1, message: 'a' },
      { type: 'message', time: 2, message: 'b' },
      { type: 'send', time: 3, message: 'c', result: 'sent' },
    );
    expect([recorder.received(), recorder.entries]).toEqual([2, []]);
  });

  it('keeps what is dropped in one go as one entry', () => {
    const drop = (time: number) => ({ type: 'drop', time, message: 'x', reason: 'overflow' }) as const;
    const { entries } = recorded(drop(0), drop(1), drop(2), drop(1_000));
    expect(entries).toMatchObject([
      { type: 'drops', reason: 'overflow', count: 3 },
      { type: 'drops', reason: 'overflow', count: 1 },
    ]);
  });

  it('is bounded', () => {
    const recorder = recorded(
      ...Array.from({ length: 5_000 }, (_, time) => step(time, 'backoff > connecting', { event: 'timer-fired' })),
    );
    expect(recorder.entries.length).toBeLessThanOrEqual(600);
    expect(recorder.entries.at(-1)?.time).toBe(4_999);
  });

  it('leaves out what the queue does to an open line', () => {
    expect(recorded(step(0, 'open > open', { event: 'flush-paused' })).entries).toEqual([]);
  });
});
