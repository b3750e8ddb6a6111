import { createConnection, createFeed, json, keyBy, type Connection } from '@tautline/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeWebSocket } from '../../test/support/fakeWebSocket';
import { heapInUse } from '../node/heap';
import { percentile } from '../lab/statistics';
import type { Tick } from './setting';

// What is made for each message and thrown away is paid for in collections of garbage; when this was written it took 19, 14, 0 and
// 16 bytes, with little difference from run to run.

beforeEach(() => void vi.stubGlobal('WebSocket', FakeWebSocket));
afterEach(() => void vi.unstubAllGlobals());

const BATCH = 100;
const BATCHES = 400;

/** Bytes made by each of many calls: the median of batches, since in some of them garbage is collected. */
async function bytesEach(run: () => void): Promise<number> {
  for (let call = 0; call < 10_000; call++) run(); // until it is compiled
  await heapInUse();
  const made: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const before = process.memoryUsage().heapUsed;
    for (let call = 0; call < BATCH; call++) run();
    made.push(process.memoryUsage().heapUsed - before);
  }
  return percentile(made, 0.5) / BATCH;
}

function accepted<In, Out>(connection: Connection<In, Out>): FakeWebSocket {
  connection.connect();
  FakeWebSocket.last.accept();
  return FakeWebSocket.last;
}

it('makes next to nothing for a message that is received', async () => {
  let heard = 0;
  const connection = createConnection('ws://a.test/');
  connection.on('message', () => heard++);
  const socket = accepted(connection);
  const event = { data: 'message' };
  expect(await bytesEach(() => socket.onmessage?.(event))).toBeLessThan(64);
  expect(heard).toBeGreaterThan(BATCH * BATCHES);
});

it('makes next to nothing for a message that a feed takes in, beyond what JSON makes', async () => {
  const connection = createConnection<Tick>('ws://a.test/', { codec: json() });
  const feed = createFeed(
    connection,
    keyBy(({ topic }: Tick) => topic),
    { flush: 1_000_000 },
  );
  feed.subscribeKey('topic', () => {});
  const socket = accepted(connection);
  const event = { data: '{"topic":"topic","value":1}' };
  const parsing = await bytesEach(() => void JSON.parse(event.data));
  expect((await bytesEach(() => socket.onmessage?.(event))) - parsing).toBeLessThan(64);
});

it('makes next to nothing for a message that is sent', async () => {
  const connection = createConnection('ws://a.test/');
  const socket = accepted(connection);
  socket.send = () => {};
  expect(await bytesEach(() => void connection.send('message'))).toBeLessThan(64);
});

it('makes next to nothing for a text that waits', async () => {
  const connection = createConnection('ws://a.test/', { queue: { maxMessages: Infinity, maxBytes: Infinity } });
  expect(await bytesEach(() => void connection.send('message'))).toBeLessThan(64);
});
