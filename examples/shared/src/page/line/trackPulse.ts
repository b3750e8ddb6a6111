import { channel, ConnectionClosedError, TautlineError, type Connection } from '@tautline/core';
import { PULSE_TOPIC, type PulseEntry, type PulseEvents } from '../../chat/protocol';
import { Ledger } from '../../ledger';
import { RoundTrips } from './roundTrips';
import type { LineTracker } from './watchedLine';

/** Counts what passes a line of channels, on a channel that is there for nothing else: numbered ticks come, numbered probes go. */
export function trackPulse<In, Out>(connection: Connection<In, Out>): LineTracker & { retain(): () => void } {
  const pulse = channel<PulseEvents>(connection, PULSE_TOPIC);
  const ledger = new Ledger();
  const trips = new RoundTrips();
  const waiting = new Set<number>();
  let entry: unknown;
  let last = 0;
  let lastAtLoss = 0;

  pulse.on('tick', (number) => {
    last = number;
    ledger.received(number);
  });
  connection.on('disconnected', () => {
    lastAtLoss = last;
    trips.broken();
  });
  pulse.subscribe(() => {
    const { status, joinReply, recovered } = pulse.getSnapshot();
    if (status !== 'joined' || joinReply === entry) return;
    entry = joinReply;
    waiting.clear(); // it is on its way
    const { number } = joinReply as PulseEntry; // what our own server answers
    if (recovered) ledger.resumed(number - lastAtLoss);
    else ledger.began(number);
  });

  async function probe(): Promise<void> {
    const id = ledger.nextProbe();
    if (pulse.getSnapshot().status === 'joined') trips.sent(id);
    else waiting.add(id);
    try {
      await pulse.send('probe', id, { timeout: Infinity });
      ledger.confirmed(id);
      trips.returned(id);
    } catch (error) {
      // Without a reply nobody knows whether it arrived, so it is not sent again.
      if (error instanceof ConnectionClosedError) ledger.lost(id);
      else ledger.dropped(id, error instanceof TautlineError ? error.code : String(error));
    } finally {
      waiting.delete(id);
    }
  }

  return {
    counts: () => ledger.counts(),
    roundTrips: () => trips.newest,
    queue: () => ({ messages: waiting.size, bytes: null }),
    probe: () => void probe(),
    retain: pulse.retain,
  };
}
