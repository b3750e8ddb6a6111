import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { FakeWebSocket } from './fakeWebSocket';

/** Lets time pass. 20 ms are a frame and every grace. */
export function pass(milliseconds = 20): void {
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
}

/** The same, for what waits for promises too. */
export async function passAsync(milliseconds = 20): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(milliseconds));
}

/** Fake time, fake sockets, and after each test proof that nothing stayed behind. */
export function installFakes(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeWebSocket);
    FakeWebSocket.all = [];
    vi.spyOn(console, 'error');
    vi.spyOn(console, 'warn');
  });

  afterEach(async () => {
    cleanup();
    await passAsync(3_000); // channels say goodbye, to a server that may not answer
    expect(FakeWebSocket.open, 'sockets left open').toEqual([]);
    expect(vi.getTimerCount(), 'timers left running').toBe(0);
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

/** For tests of what throws: React and jsdom would print it. */
export function silenceErrors(): void {
  vi.mocked(console.error).mockImplementation(() => {});
  const silence = (event: ErrorEvent) => event.preventDefault();
  window.addEventListener('error', silence);
  onTestFinished(() => window.removeEventListener('error', silence));
}
