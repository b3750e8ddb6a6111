import { describe, expect, test, vi } from 'vitest';
import { ReconnectingWebSocket } from '../../src/websocket';
import { microtasks } from '../kit/fakeEnvironment';
import { drop } from './kit';

describe('what differs from the standard on purpose', () => {
  test('opens again after the line was lost, and tells each end and each opening', () => {
    const { newest, heard, retry, sockets } = drop();
    newest().accept();
    newest().end(1006);
    expect(heard()).toEqual(['open 1', 'error 0', 'close 0 1006']);
    retry();
    newest().accept();
    newest().end(1012);
    expect([heard(), sockets.length]).toEqual([['open 1', 'close 0 1012'], 2]);
  });

  test('tells of attempts that never opened', () => {
    const { newest, heard, retry } = drop();
    newest().end(1006);
    retry();
    newest().end(1006);
    expect(heard()).toEqual(['error 0', 'close 0 1006', 'error 0', 'close 0 1006']);
  });

  test('what is sent before it is open waits', () => {
    const { socket, newest, retry } = drop();
    socket.send('first');
    socket.send(new Uint8Array([1, 2]));
    expect(socket.bufferedAmount).toBe(7);
    newest().accept();
    newest().end();
    socket.send('third');
    retry();
    newest().bufferedAmount = 4;
    newest().accept();
    expect([newest().sent, socket.bufferedAmount]).toEqual([['third'], 4]);
  });

  test('is closed for good by a code that is final, and says so', () => {
    const { socket, newest, heard } = drop();
    newest().accept();
    newest().end(4403, 'not you');
    expect([heard(), socket.readyState]).toEqual([['open 1', 'close 3 4403'], 3]);
    expect(socket.connection.getSnapshot().status).toBe('disconnected');
  });

  test('is closed for good once it gave up', () => {
    const { newest, heard, retry } = drop({ reconnect: { maxAttempts: 1 } });
    newest().end();
    retry();
    newest().end();
    expect(heard()).toEqual(['error 0', 'close 0 1006', 'error 3', 'close 3 1006']);
  });

  test('closed while it waits to try again, it fails as if it were connecting', () => {
    const { socket, newest, heard, environment, sockets } = drop();
    newest().accept();
    newest().end(1001);
    heard();
    socket.close();
    expect([socket.readyState, heard()]).toEqual([2, []]);
    environment.advance(60_000);
    expect([heard(), sockets.length]).toEqual([['error 3', 'close 3 1006'], 1]);
  });

  test('waits for a server that does not answer the close no longer than closeTimeout', () => {
    const { socket, newest, heard, environment } = drop({ closeTimeout: 500 });
    newest().accept();
    socket.close(4000, 'bye');
    expect([newest().closeCalls, socket.readyState]).toEqual([[{ code: 4000, reason: 'bye' }], 2]);
    environment.advance(500);
    expect(heard()).toEqual(['open 1', 'error 3', 'close 3 1006']);
  });

  test('reconnect() replaces the socket, and tells of both', () => {
    const { socket, newest, heard, environment, sockets } = drop();
    newest().accept();
    socket.reconnect();
    expect([socket.readyState, heard()]).toEqual([0, ['open 1']]);
    environment.advance(0);
    newest().accept();
    expect([heard(), sockets.length, sockets[0]?.isDetached]).toEqual([['error 0', 'close 0 1006', 'open 1'], 2, true]);
  });

  test('reconnect() opens it again after close()', () => {
    const { socket, newest, heard } = drop();
    newest().accept();
    socket.close();
    newest().end(1000);
    socket.reconnect();
    newest().accept();
    expect(heard()).toEqual(['open 1', 'close 3 1000', 'open 1']);
  });

  test('its events never come inside a call', () => {
    class Broken {
      constructor() {
        throw new Error('no');
      }
    }
    const { heard, environment, socket } = drop({ WebSocket: Broken as never });
    expect([heard(), socket.readyState]).toEqual([[], 0]);
    environment.advance(0);
    expect(heard()).toEqual(['error 0', 'close 0 1006']);
  });

  test('hears nothing of a pong', () => {
    const { newest, heard, environment } = drop({
      heartbeat: { interval: 1_000, message: 'ping', isPong: (data) => data === 'pong' },
    });
    newest().accept();
    environment.advance(1_000);
    newest().deliver('pong');
    newest().deliver('news');
    expect([heard(), newest().sent]).toEqual([['open 1', 'message 1 news'], ['ping']]);
  });
});

describe('functions', () => {
  test('are asked before every attempt, and the address is the newest', async () => {
    let attempts = 0;
    const { socket, newest, retry } = drop({
      url: async () => `https://example.test/${++attempts}`,
      protocols: () => ['v1', `t.${attempts}`],
    });
    expect([socket.url, socket.readyState]).toEqual(['', 0]);
    await microtasks();
    newest().end();
    expect(socket.url).toBe('wss://example.test/1');
    retry();
    await microtasks();
    newest().accept('v1');
    expect([socket.url, socket.protocol]).toEqual(['wss://example.test/2', 'v1']);
    expect(newest().protocols[0]).toBe('v1');
  });

  test('that fail are failed attempts', async () => {
    const { heard, retry, newest } = drop({
      url: vi.fn(() => 'wss://example.test').mockRejectedValueOnce(new Error()),
    });
    await microtasks();
    expect(heard()).toEqual(['error 0', 'close 0 1006']);
    retry();
    newest().accept();
    expect(heard()).toEqual(['open 1']);
  });
});

test('the way binary messages arrive goes over to the sockets to come', () => {
  const { socket, newest, retry } = drop();
  expect([socket.binaryType, newest().binaryType]).toEqual(['blob', 'blob']);
  socket.binaryType = 'arraybuffer';
  expect(newest().binaryType).toBe('arraybuffer');
  newest().end();
  retry();
  newest().accept();
  expect([socket.binaryType, newest().binaryType]).toEqual(['arraybuffer', 'arraybuffer']);
});

test('without a WebSocket to stand on it says what to do, and closes', () => {
  vi.stubGlobal('WebSocket', undefined);
  const { heard, environment, socket } = drop({ WebSocket: undefined });
  environment.advance(0);
  vi.unstubAllGlobals();
  expect(heard()).toEqual(['error 3', 'close 3 1006']);
  expect(socket.connection.getSnapshot().error?.message).toContain('give the option `WebSocket`');
});

test('options that cannot work are refused as everywhere', () => {
  expect(() => new ReconnectingWebSocket('wss://example.test', [], { connectTimeout: -1 })).toThrow(/connectTimeout/);
});

test('knows the close event where the platform has none', async () => {
  vi.resetModules();
  vi.stubGlobal('CloseEvent', undefined);
  const { CloseEventClass } = await import('../../src/websocket/closeEvent');
  vi.unstubAllGlobals();
  const event = new CloseEventClass('close', { code: 4001, reason: 'bye', wasClean: true, cancelable: true });
  expect(event).toBeInstanceOf(Event);
  expect(event).toMatchObject({ type: 'close', code: 4001, reason: 'bye', wasClean: true, cancelable: true });
  expect(new CloseEventClass('close')).toMatchObject({ code: 0, reason: '', wasClean: false });
});
