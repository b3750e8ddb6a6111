import type { InspectRecord } from '@tautline/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { EchoLog, lineOf } from './echoLog';

const transition = (over: object): InspectRecord =>
  ({
    time: 1_000,
    type: 'transition',
    event: 'line-closed',
    timer: null,
    from: 'open',
    to: 'backoff',
    snapshot: { status: 'reconnecting', close: { code: 4001, reason: 'why', wasClean: true }, retryAt: 2_500 },
    ...over,
  }) as InspectRecord; // only what the log reads

describe('a line of the log', () => {
  it('tells what was sent, and what waits', () => {
    const sent = { kind: 'sent', text: 'hi', binary: null, remark: '' };
    expect(lineOf({ time: 0, type: 'send', message: 'hi', result: 'sent' })).toEqual(sent);
    expect(lineOf({ time: 0, type: 'send', message: 'hi', result: 'queued' })?.remark).toContain('queued');
  });

  it('tells of a dropped message once', () => {
    expect(lineOf({ time: 0, type: 'send', message: 'hi', result: 'dropped' })).toBeNull();
    expect(lineOf({ time: 0, type: 'drop', message: 'hi', reason: 'overflow' })).toMatchObject({
      kind: 'dropped',
      remark: 'overflow',
    });
  });

  it('has the first bytes of a binary message, and how many there were', () => {
    const message = new Uint8Array(5_000).fill(7);
    const { binary } = lineOf({ time: 0, type: 'message', message }) ?? {};
    expect(binary?.size).toBe(5_000);
    expect(binary?.start).toEqual(new Uint8Array(1_024).fill(7));
  });

  it('tells the status, the close code and the wait', () => {
    expect(lineOf(transition({}))?.text).toBe('reconnecting, close 4001 "why", next attempt in 1.5 s');
  });

  it('does not tell of steps within a state', () => {
    expect(lineOf(transition({ from: 'open', to: 'open' }))).toBeNull();
  });

  it('leaves it to the attempt to tell that the line connects', () => {
    expect(lineOf(transition({ from: 'backoff', to: 'connecting' }))).toBeNull();
  });
});

describe('the log', () => {
  it('keeps the newest 500 lines, and tells who listens once for all that came together', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const log = new EchoLog();
    let told = 0;
    log.subscribe(() => (told += 1));
    for (let n = 0; n < 510; n++) log.add({ time: n, type: 'message', message: String(n) });
    expect(told).toBe(0);
    vi.runAllTimers();
    expect(told).toBe(1);
    expect(log.getSnapshot()).toHaveLength(500);
    expect(log.getSnapshot().at(-1)).toMatchObject({ id: 510, text: '509', kind: 'received' });
    log.judge(4403, 'stop');
    expect(log.getSnapshot().at(-1)?.text).toBe('the verdict on 4403 is stop: does not try again, until connect()');
    log.clear();
    expect(log.getSnapshot()).toEqual([]);
  });
});
