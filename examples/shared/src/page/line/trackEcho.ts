import type { Connection, DropReason, IncomingData, InspectRecord, OutgoingData } from '@tautline/core';
import { Ledger } from '../../ledger';
import { RoundTrips } from './roundTrips';
import type { LineTracker } from './watchedLine';

/** How many messages that came back are remembered, to know one that comes again. */
const REMEMBERED = 1_000;
/** Reasons that are told before `send` returns; for the others the message has waited. */
const AT_ONCE: readonly DropReason[] = ['overflow', 'volatile', 'disabled', 'invalid'];

interface Awaited {
  readonly id: number;
  readonly key: string;
  /** Whether a socket has it. */
  isSent: boolean;
}

/** Matches what comes back with what was sent, in order. Knows all of it from what `inspect` tells. Its methods need no `this`. */
export class EchoTracker implements LineTracker {
  readonly #ledger = new Ledger();
  readonly #trips = new RoundTrips();
  #awaited: Awaited[] = [];
  readonly #returned: string[] = [];
  #reason: DropReason = 'invalid';
  #received = 0;
  #probes = 0;

  /** @param connection Asked for only once the dock is: a connection is made with what listens to it. */
  constructor(private readonly connection: () => Connection<IncomingData, OutgoingData>) {}

  readonly record = (record: InspectRecord): void => {
    switch (record.type) {
      case 'send':
        return this.#sent(keyOf(record.message), record.result);
      case 'message':
        return this.#returnedOne(keyOf(record.message));
      case 'drop':
        return this.#dropped(keyOf(record.message), record.reason);
      case 'transition':
        if (record.from !== 'open' && record.to === 'open') this.#opened();
        if (record.from === 'open' && record.to !== 'open') this.#closed();
    }
  };

  readonly counts = () => {
    const { incoming, outgoing } = this.#ledger.counts();
    return { incoming: { ...incoming, received: this.#received }, outgoing };
  };

  readonly roundTrips = () => this.#trips.newest;

  readonly queue = () => {
    const { size, bytes } = this.connection().queue;
    return { messages: size, bytes };
  };

  readonly probe = () => void this.connection().send(`probe ${++this.#probes}`);

  #sent(key: string, result: 'sent' | 'queued' | 'dropped'): void {
    if (isOrder(key)) return;
    const id = this.#ledger.nextProbe();
    if (result === 'dropped') return this.#ledger.dropped(id, this.#reason);
    this.#awaited.push({ id, key, isSent: result === 'sent' });
    if (result === 'sent') this.#trips.sent(id);
  }

  #returnedOne(key: string): void {
    this.#received += 1;
    const index = this.#awaited.findIndex((awaited) => awaited.key === key);
    const [found] = index < 0 ? [] : this.#awaited.splice(index, 1);
    if (!found) {
      if (this.#returned.includes(key)) this.#ledger.confirmed(-1); // of nothing: twice
      return;
    }
    this.#ledger.confirmed(found.id);
    this.#trips.returned(found.id);
    this.#returned.push(key);
    if (this.#returned.length > REMEMBERED) this.#returned.shift();
  }

  #dropped(key: string, reason: DropReason): void {
    this.#reason = reason;
    if (AT_ONCE.includes(reason)) return; // `send` is about to say so
    const index = this.#awaited.findIndex((awaited) => awaited.key === key && !awaited.isSent);
    const [found] = index < 0 ? [] : this.#awaited.splice(index, 1);
    if (found) this.#ledger.dropped(found.id, reason);
  }

  /** What waited in the queue is on its way now. */
  #opened(): void {
    for (const awaited of this.#awaited) awaited.isSent = true;
  }

  /** What a socket had and nobody has answered will not be answered. */
  #closed(): void {
    for (const { id, isSent } of this.#awaited) if (isSent) this.#ledger.lost(id);
    this.#awaited = this.#awaited.filter(({ isSent }) => !isSent);
    this.#trips.broken();
  }
}

/** Orders to the server, which it does not send back. */
const isOrder = (key: string): boolean => /^\{\s*"type"\s*:\s*"close"/.test(key) || key === 'ping';

/** Text is itself; of binary, only its length. */
function keyOf(message: unknown): string {
  if (typeof message === 'string') return message;
  const { byteLength, size } = Object(message) as { byteLength?: number; size?: number }; // a buffer, a view, or a Blob
  return `\u0000${byteLength ?? size} bytes`;
}
