import { createConnection, type Environment, type LifecycleFact, type WebSocketLike } from '@tautline/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** A socket whose server is the test. */
class FakeWebSocket implements WebSocketLike {
  static last: FakeWebSocket;
  readyState = 0;
  protocol = '';
  binaryType = 'arraybuffer';
  onopen: WebSocketLike['onopen'] = null;
  onmessage: WebSocketLike['onmessage'] = null;
  onerror: WebSocketLike['onerror'] = null;
  onclose: WebSocketLike['onclose'] = null;
  readonly sent: unknown[] = [];

  constructor(readonly url: string) {
    FakeWebSocket.last = this;
  }
  send(data: unknown) {
    this.sent.push(data);
  }
  close(code = 1005, reason = '') {
    this.readyState = 3;
    queueMicrotask(() => this.onclose?.({ code, reason, wasClean: true }));
  }
  open() {
    this.readyState = 1;
    this.onopen?.({});
  }
}

/** A page that the test puts offline. */
let isOnline = true;
let notify = (_fact: LifecycleFact) => {};
const environment: Partial<Environment> = {
  random: () => 0.5,
  isOnline: () => isOnline,
  listen(listener) {
    notify = listener;
    return () => {};
  },
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('keeps what is sent while offline, and sends it when back', () => {
  using connection = createConnection('ws://chat.test', { WebSocket: FakeWebSocket, lifecycle: { environment } });
  connection.connect();
  FakeWebSocket.last.open();

  isOnline = false;
  FakeWebSocket.last.onclose?.({ code: 1006 });
  expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', paused: 'offline' });
  expect(connection.send('hello')).toBe('queued');

  isOnline = true;
  notify('went-online');
  vi.advanceTimersByTime(300); // who comes online tries within 300 ms
  FakeWebSocket.last.open();
  expect(FakeWebSocket.last.sent).toEqual(['hello']);
});
