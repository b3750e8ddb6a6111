import { afterEach, beforeEach, vi } from 'vitest';
import { FakeWebSocket } from '../../test/support/fakeWebSocket';

/** Sockets that do what the test says, and time that stands still. */
export function installFakes(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeWebSocket);
    FakeWebSocket.all = [];
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

export interface Tick {
  readonly topic: string;
  readonly value: number;
}

/** Ticks of so many topics in turn, as JSON. */
export const ticks = (count: number, topics: number): string[] =>
  Array.from({ length: count }, (_, value) => JSON.stringify({ topic: `topic-${value % topics}`, value }));
