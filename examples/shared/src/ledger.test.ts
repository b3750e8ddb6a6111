import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger';
import type { Welcome } from './protocol';

const welcome = (over: Partial<Welcome> = {}): Welcome => ({
  type: 'welcome',
  session: 'a',
  resumed: false,
  replayed: 0,
  ...over,
});

describe('incoming', () => {
  it('counts what came', () => {
    const ledger = new Ledger();
    ledger.welcomed(welcome());
    for (const seq of [1, 2, 3]) ledger.received(seq);
    expect(ledger.counts().incoming).toEqual({ received: 3, missing: 0, duplicated: 0, replayed: 0, newStreams: 0 });
  });

  it('counts every number that was skipped as missing', () => {
    const ledger = new Ledger();
    ledger.welcomed(welcome());
    for (const seq of [1, 5]) ledger.received(seq);
    expect(ledger.counts().incoming).toMatchObject({ received: 2, missing: 3 });
  });

  it('counts a number seen before as duplicated', () => {
    const ledger = new Ledger();
    ledger.welcomed(welcome());
    for (const seq of [1, 2, 2, 1]) ledger.received(seq);
    expect(ledger.counts().incoming).toMatchObject({ received: 2, duplicated: 2, missing: 0 });
  });

  it('asks to go on after the last number it saw', () => {
    const ledger = new Ledger();
    expect(ledger.resume()).toEqual({ type: 'resume', session: null, after: 0 });
    ledger.welcomed(welcome());
    ledger.received(1);
    ledger.received(2);
    expect(ledger.resume()).toEqual({ type: 'resume', session: 'a', after: 2 });
  });

  it('is not missing anything after a replay', () => {
    const ledger = new Ledger();
    ledger.welcomed(welcome());
    ledger.received(1);
    ledger.welcomed(welcome({ resumed: true, replayed: 2 }));
    for (const seq of [2, 3]) ledger.received(seq);
    expect(ledger.counts().incoming).toMatchObject({ received: 3, missing: 0, replayed: 2, newStreams: 0 });
  });

  it('starts over with a server that has forgotten the stream, and says so', () => {
    const ledger = new Ledger();
    ledger.welcomed(welcome());
    ledger.received(1);
    ledger.welcomed(welcome({ session: 'b' }));
    ledger.received(1);
    expect(ledger.counts().incoming).toMatchObject({ received: 2, missing: 0, duplicated: 0, newStreams: 1 });
  });
});

describe('a stream that does not begin at 1', () => {
  it('counts from where it came in, and goes on there', () => {
    const ledger = new Ledger();
    ledger.began(40);
    ledger.received(41);
    ledger.resumed(1);
    ledger.received(42);
    expect(ledger.counts().incoming).toEqual({ received: 2, missing: 0, duplicated: 0, replayed: 1, newStreams: 0 });
  });

  it('is another one when the server has forgotten it', () => {
    const ledger = new Ledger();
    ledger.began(40);
    ledger.began(7);
    ledger.received(8);
    expect(ledger.counts().incoming).toMatchObject({ received: 1, missing: 0, newStreams: 1 });
  });
});

describe('outgoing', () => {
  it('waits for each probe to be confirmed', () => {
    const ledger = new Ledger();
    ledger.welcomed(welcome());
    const [first, second] = [ledger.nextProbe(), ledger.nextProbe()];
    ledger.confirmed(first);
    expect(ledger.counts().outgoing).toMatchObject({ sent: 2, received: 1, waiting: 1, missing: 0 });
    ledger.confirmed(second);
    expect(ledger.counts().outgoing).toMatchObject({ sent: 2, received: 2, waiting: 0, missing: 0 });
  });

  it('misses a probe when one of a later line is confirmed before it, until it is confirmed after all', () => {
    const ledger = new Ledger();
    ledger.welcomed(welcome());
    const lost = ledger.nextProbe();
    ledger.welcomed(welcome({ resumed: true }));
    ledger.confirmed(ledger.nextProbe());
    expect(ledger.counts().outgoing).toMatchObject({ missing: 1, waiting: 0 });
    ledger.confirmed(lost);
    expect(ledger.counts().outgoing).toMatchObject({ received: 2, missing: 0 });
  });

  it('counts a second confirmation as duplicated', () => {
    const ledger = new Ledger();
    const id = ledger.nextProbe();
    ledger.confirmed(id);
    ledger.confirmed(id);
    expect(ledger.counts().outgoing).toMatchObject({ received: 1, duplicated: 1 });
  });

  it('counts what the queue gave up as dropped, not as missing', () => {
    const ledger = new Ledger();
    const id = ledger.nextProbe();
    ledger.dropped(id, 'overflow');
    expect(ledger.counts().outgoing).toMatchObject({ sent: 1, dropped: { overflow: 1 }, waiting: 0, missing: 0 });
  });

  it('counts what nobody will confirm any more as missing', () => {
    const ledger = new Ledger();
    ledger.lost(ledger.nextProbe());
    expect(ledger.counts().outgoing).toMatchObject({ sent: 1, waiting: 0, missing: 1, dropped: {} });
  });
});
