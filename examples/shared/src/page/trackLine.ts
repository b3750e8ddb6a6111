import type { Connection } from '@tautline/core';
import type { Ledger, LedgerCounts } from '../ledger';
import type { StreamRequest } from '../protocol';

type StreamMessage = { readonly type: string; readonly seq?: number };

/** Round trips kept for the sparkline: half a minute. */
const KEPT = 150;
const INTERVAL = 200;

export interface RoundTrip {
  readonly at: number;
  readonly ms: number | null;
}

export interface LineTracker {
  counts(): LedgerCounts;
  /** The newest probes: when they came back, and after how long, in milliseconds; `null` where the line was lost. */
  roundTrips(): readonly RoundTrip[];
  /** Sends a numbered probe five times a second, also while the line is down: the queue's job. */
  start(): () => void;
}

/** Writes everything that passes the line into the ledger. */
export function trackLine<In extends StreamMessage>(
  connection: Connection<In, StreamRequest>,
  ledger: Ledger,
): LineTracker {
  const sentAt = new Map<number, number>();
  let roundTrips: readonly RoundTrip[] = [];
  const note = (ms: number | null) => (roundTrips = [...roundTrips.slice(1 - KEPT), { at: Date.now(), ms }]);

  connection.on('message', (message: StreamMessage & { id?: unknown }) => {
    if (message.seq !== undefined) ledger.received(message.seq);
    if (message.type === 'ack' && typeof message.id === 'number') confirm(message.id);
  });
  connection.on('dropped', ({ message }) => {
    if (message.type === 'probe') ledger.dropped(message.id);
  });

  connection.on('disconnected', () => note(null));

  function confirm(id: number): void {
    ledger.confirmed(id);
    const sent = sentAt.get(id);
    if (sent === undefined) return;
    sentAt.delete(id);
    note(performance.now() - sent);
  }

  function probe(): void {
    const id = ledger.nextProbe();
    const result = connection.send({ type: 'probe', id });
    if (result === 'sent') sentAt.set(id, performance.now()); // one that waited in the queue says nothing about the line
  }

  return {
    counts: () => ledger.counts(),
    roundTrips: () => roundTrips,
    start() {
      const timer = setInterval(probe, INTERVAL);
      return () => clearInterval(timer);
    },
  };
}
