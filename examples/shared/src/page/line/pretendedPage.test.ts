import type { LifecycleFact } from '@tautline/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PretendedPage } from './pretendedPage';

class FakeSocket extends EventTarget {
  readonly close = vi.fn();

  constructor(readonly url: string) {
    super();
  }
}

const INTEREST = { online: true, bfcache: true, freeze: true };
let page: PretendedPage;
let facts: LifecycleFact[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('CloseEvent', class extends Event {});
  page = new PretendedPage(FakeSocket as never); // of the browser's, only what is used here
  facts = [];
  stop = page.environment.listen?.((fact) => facts.push(fact), INTEREST) ?? (() => {});
});

afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('is online and shown at first', () => {
  expect([page.environment.isOnline?.(), page.environment.isHidden?.(), facts]).toEqual([true, false, []]);
});

it('takes the network away for as long as asked, and every socket with it', () => {
  const socket = new page.WebSocket('ws://x');
  const { close } = socket;
  const closed = vi.fn();
  socket.addEventListener('close', closed);
  page.goOffline(2);
  expect(page.environment.isOnline?.()).toBe(false);
  expect(closed).toHaveBeenCalledOnce();
  expect(close, 'which the server would keep for ever').toHaveBeenCalledOnce();
  expect(() => new page.WebSocket('ws://x')).toThrow('There is no network.');
  vi.advanceTimersByTime(2_000);
  expect(page.environment.isOnline?.()).toBe(true);
  expect(facts).toEqual(['went-offline', 'went-online']);
  expect(() => new page.WebSocket('ws://x')).not.toThrow();
});

it('hides the page for as long as asked', () => {
  page.hide(2);
  expect(page.environment.isHidden?.()).toBe(true);
  vi.advanceTimersByTime(2_000);
  expect(page.environment.isHidden?.()).toBe(false);
  expect(facts).toEqual(['page-hidden', 'page-shown']);
});

it('starts over when it is hurt again meanwhile', () => {
  page.goOffline(2);
  vi.advanceTimersByTime(1_000);
  page.goOffline(2);
  vi.advanceTimersByTime(1_999);
  expect(page.isOffline).toBe(true);
  vi.advanceTimersByTime(1);
  expect(page.isOffline).toBe(false);
});

it('tells nobody who has stopped listening', () => {
  stop();
  page.hide(1);
  expect(facts).toEqual([]);
});
