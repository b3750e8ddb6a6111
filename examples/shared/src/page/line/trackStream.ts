import type { Connection } from '@tautline/core';
import type { Ledger } from '../../ledger';
import type { StreamRequest } from '../../protocol';
import { RoundTrips } from './roundTrips';
import type { LineTracker } from './watchedLine';

type StreamMessage = { readonly type: string; readonly seq?: number };

/** How often a probe is sent, in milliseconds. */
const PROBE_INTERVAL = 200;

/** Writes everything that passes a numbered stream into its ledger. */
export function trackStream<In extends StreamMessage>(
  connection: Connection<In, StreamRequest>,
  ledger: Ledger,
): LineTracker {
  const trips = new RoundTrips();

  connection.on('message', (message: StreamMessage & { id?: unknown }) => {
    if (message.seq !== undefined) ledger.received(message.seq);
    if (message.type !== 'ack' || typeof message.id !== 'number') return;
    ledger.confirmed(message.id);
    trips.returned(message.id);
  });
  connection.on('dropped', ({ message, reason }) => {
    if (message.type === 'probe') ledger.dropped(message.id, reason);
  });
  connection.on('disconnected', () => trips.broken());

  return {
    counts: () => ledger.counts(),
    roundTrips: () => trips.newest,
    queue: () => ({ messages: connection.queue.size, bytes: connection.queue.bytes }),
    probe() {
      const id = ledger.nextProbe();
      if (connection.send({ type: 'probe', id }) === 'sent') trips.sent(id);
    },
  };
}

/** Probes a line five times a second, also while it is down: the queue's job. */
export function keepProbing({ tracker }: { readonly tracker: LineTracker }): () => void {
  const timer = setInterval(() => tracker.probe(), PROBE_INTERVAL);
  return () => clearInterval(timer);
}
