import type { InspectRecord } from '@tautline/core';
import { describe as group, expect, it } from 'vitest';
import { describe, EchoLog, lineOf } from './echoLog';

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

group('a line of the log', () => {
  it('tells what was sent, and what waits', () => {
    expect(lineOf({ time: 0, type: 'send', message: 'hi', result: 'sent' })).toEqual({ kind: 'sent', text: 'hi' });
    expect(lineOf({ time: 0, type: 'send', message: 'hi', result: 'queued' })?.text).toContain('queued');
  });

  it('tells of a dropped message once', () => {
    expect(lineOf({ time: 0, type: 'send', message: 'hi', result: 'dropped' })).toBeNull();
    expect(lineOf({ time: 0, type: 'drop', message: 'hi', reason: 'overflow' })?.kind).toBe('dropped');
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

group('a message as text', () => {
  it('is text as it is', () => expect(describe('{"a":1}')).toBe('{"a":1}'));

  it('is the first bytes of binary', () => {
    expect(describe(Uint8Array.of(0, 127, 255))).toBe('3 bytes: 00 7f ff');
    expect(describe(new ArrayBuffer(40))).toMatch(/^40 bytes: (00 ){16}…$/);
  });
});

group('the log', () => {
  it('keeps the newest 500 lines, and tells who listens', () => {
    const log = new EchoLog();
    let told = 0;
    log.subscribe(() => (told += 1));
    for (let n = 0; n < 510; n++) log.add({ time: n, type: 'message', message: String(n) });
    expect(told).toBe(510);
    expect(log.getSnapshot()).toHaveLength(500);
    expect(log.getSnapshot().at(-1)).toMatchObject({ id: 510, text: '509', kind: 'received' });
    log.clear();
    expect(log.getSnapshot()).toEqual([]);
  });
});
