import { createConnection, type WebSocketConstructor } from '@tautline/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startServerProcess } from '../support/serverProcess';

// How many come back at a time is for herd.test.ts, whose clock nothing else on the machine slows down.

const COUNT = 1_000;

/** Until they have failed so often that they wait for up to `maxDelay`: after some ten seconds. */
const RETRIES = 4;

/** In milliseconds; the longest wait is 10 s, and the machine may be busy. */
const PATIENCE = 40_000;

test(
  '1,000 real connections whose server is killed and comes back are all back, with one attempt each',
  { timeout: 120_000 },
  async () => {
    await using server = await startServerProcess();
    const url = `ws://127.0.0.1:${server.port}/?id=herd`;
    const connections = Array.from(
      { length: COUNT },
      () => createConnection(url, { WebSocket: WebSocket as unknown as WebSocketConstructor }), // its events have more fields
    );
    onTestFinished(() => connections.forEach((connection) => connection.dispose()));
    const all = (what: 'connected' | 'reconnecting', retries = 0) =>
      vi.waitUntil(
        () =>
          connections.every((connection) => {
            const { status, attempt } = connection.getSnapshot();
            return status === what && attempt >= retries;
          }),
        { timeout: PATIENCE, interval: 50 },
      );

    connections.forEach((connection) => connection.connect());
    await all('connected');
    await server.kill();
    await all('reconnecting', RETRIES);
    await server.restart();
    await all('connected');
    expect(await server.seen('herd')).toMatchObject({ accepted: COUNT, open: COUNT });
  },
);
