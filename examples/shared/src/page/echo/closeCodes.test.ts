import { createConnection, type CloseVerdict, type WebSocketLike } from '@tautline/core';
import { expect, it } from 'vitest';
import { CLOSE_CODES } from './closeCodes';

/** What the library makes of a close code: asked with a socket that ends with it. */
function verdictOn(code: number): Promise<CloseVerdict> {
  return new Promise((resolve) => {
    class EndingSocket implements WebSocketLike {
      readonly readyState = 1;
      readonly protocol = '';
      binaryType = '';
      onopen: (() => void) | null = null;
      onmessage = null;
      onerror = null;
      onclose: ((close: object) => void) | null = null;
      constructor() {
        queueMicrotask(() => {
          this.onopen?.();
          this.onclose?.({ code, reason: '', wasClean: true });
        });
      }
      send() {}
      close() {}
    }
    const connection = createConnection('ws://localhost', {
      WebSocket: EndingSocket,
      shouldReconnect(_close, { verdict }) {
        resolve(verdict);
        return false;
      },
    });
    connection.connect();
  });
}

it.each(CLOSE_CODES)('$code $meaning: $verdict', async ({ code, verdict }) => {
  expect(await verdictOn(code)).toBe(verdict);
});
