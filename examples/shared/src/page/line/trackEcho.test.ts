import type { InspectRecord } from '@tautline/core';
import { beforeEach, expect, it } from 'vitest';
import { EchoTracker } from './trackEcho';

let tracker: EchoTracker;

beforeEach(() => {
  tracker = new EchoTracker(() => {
    throw new Error('Nothing here asks for the connection.');
  });
});

const hear = (record: Record<string, unknown>) => tracker.record({ time: 0, ...record } as InspectRecord); // only what is read
const send = (message: unknown, result = 'sent') => hear({ type: 'send', message, result });
const receive = (message: unknown) => hear({ type: 'message', message });
const open = () => hear({ type: 'transition', from: 'connecting', to: 'open' });
const lose = () => hear({ type: 'transition', from: 'open', to: 'backoff' });

it('matches what comes back with what was sent, text and binary', () => {
  open();
  send('a');
  send(new Uint8Array(3));
  receive('a');
  receive(new ArrayBuffer(3));
  expect(tracker.counts().outgoing).toMatchObject({ sent: 2, received: 2, waiting: 0, missing: 0, duplicated: 0 });
});

it('misses what went into a socket that died, and waits for what is in the queue', () => {
  open();
  send('into the cold');
  lose();
  send('later', 'queued');
  expect(tracker.counts().outgoing).toMatchObject({ sent: 2, missing: 1, waiting: 1 });
  open();
  receive('later');
  expect(tracker.counts().outgoing).toMatchObject({ received: 1, missing: 1, waiting: 0 });
});

it('counts what comes back twice as duplicated, and what nobody sent as received alone', () => {
  open();
  send('a');
  receive('a');
  receive('a');
  receive('news');
  expect(tracker.counts()).toMatchObject({ incoming: { received: 3 }, outgoing: { received: 1, duplicated: 1 } });
});

it('says why something was dropped, at once or after it waited', () => {
  send('waits', 'queued');
  hear({ type: 'drop', message: 'one too many', reason: 'overflow' });
  send('one too many', 'dropped');
  hear({ type: 'drop', message: 'waits', reason: 'expired' });
  expect(tracker.counts().outgoing).toMatchObject({ sent: 2, waiting: 0, dropped: { overflow: 1, expired: 1 } });
});

it('expects no echo of an order to close', () => {
  open();
  send('{"type":"close","code":4001}');
  expect(tracker.counts().outgoing.sent).toBe(0);
});
