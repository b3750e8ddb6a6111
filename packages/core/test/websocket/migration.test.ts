import { describe, expect, test } from 'vitest';
import { drop } from './kit';

// What people rely on who come from reconnecting-websocket or partysocket, by the names it has there.

describe('coming from another WebSocket that reconnects', () => {
  test('minUptime: a line that fails sooner does not start the count over', () => {
    const { socket, newest, environment, retry } = drop({ reconnect: { minUptime: 1_000 } });
    const attempt = () => socket.connection.getSnapshot().attempt;
    newest().accept();
    environment.advance(999);
    newest().end();
    retry();
    newest().accept();
    environment.advance(999);
    newest().end();
    expect(attempt()).toBe(2);
    retry();
    newest().accept();
    environment.advance(1_000);
    expect(attempt()).toBe(0);
  });

  test('maxRetries: gives up after so many', () => {
    const { socket, newest, retry, sockets } = drop({ reconnect: { maxAttempts: 2 } });
    for (let failures = 0; failures < 3; failures++) {
      newest().end();
      retry();
    }
    expect([sockets.length, socket.readyState]).toEqual([3, 3]);
    expect(socket.connection.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'attempts-exhausted' } });
  });

  test('maxEnqueuedMessages: what is too much is not sent, and reported', () => {
    const { socket, newest } = drop({ queue: { maxMessages: 2 } });
    const dropped: unknown[] = [];
    socket.connection.on('dropped', ({ message, reason }) => dropped.push([message, reason]));
    for (const message of ['one', 'two', 'three']) socket.send(message);
    newest().accept();
    expect([newest().sent, dropped]).toEqual([['one', 'two'], [['three', 'overflow']]]);
  });

  test('startClosed: opens nothing before reconnect(), and keeps what is sent', () => {
    const { socket, sockets, newest, heard } = drop({ startClosed: true });
    socket.send('early');
    expect([sockets.length, socket.readyState, socket.url]).toEqual([0, 3, 'wss://example.test/line']);
    socket.reconnect();
    expect(socket.readyState).toBe(0);
    newest().accept();
    expect([newest().sent, heard()]).toEqual([['early'], ['open 1']]);
  });

  test('connectionTimeout: an attempt that takes longer failed', () => {
    const { environment, heard, sockets } = drop({ connectTimeout: 4_000 });
    environment.advance(4_000);
    expect([heard(), sockets[0]?.isDetached]).toEqual([['error 0', 'close 0 1006'], true]);
    environment.advance(1_000);
    expect(sockets).toHaveLength(2);
  });

  test('retryCount: how many retries there have been', () => {
    const { socket, newest, retry } = drop();
    const counts = [0, 1, 2].map(() => {
      const { attempt } = socket.connection.getSnapshot();
      newest().end();
      retry();
      return attempt;
    });
    expect(counts).toEqual([0, 1, 2]);
  });

  test('messages wait through reconnects, and are sent once, in order', () => {
    const { socket, newest, retry, sockets } = drop();
    socket.send('one');
    newest().accept();
    newest().end();
    socket.send('two');
    retry();
    newest().end();
    socket.send('three');
    retry();
    newest().accept();
    expect(sockets.map(({ sent }) => sent)).toEqual([['one'], [], ['two', 'three']]);
  });

  test('shouldReconnectOnClose: decides by the close', () => {
    const { socket, newest } = drop({ shouldReconnect: ({ code }) => code !== 4000 });
    newest().accept();
    newest().end(4000);
    expect(socket.readyState).toBe(3);
  });
});
