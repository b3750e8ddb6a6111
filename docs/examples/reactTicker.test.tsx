// @vitest-environment jsdom

import { useWebSocket } from '@tautline/react';
import { act, cleanup, render, screen } from '@testing-library/react';
import { Server } from 'mock-socket';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

function Ticker() {
  const { status, data } = useWebSocket('ws://prices.test');
  return (
    <p>
      {status} {String(data)}
    </p>
  );
}

const pass = (duration: number) => act(() => vi.advanceTimersByTimeAsync(duration));

let server: Server;
beforeEach(() => {
  vi.useFakeTimers();
  server = new Server('ws://prices.test'); // replaces the global WebSocket
});
afterEach(() => {
  cleanup();
  server.stop();
  vi.useRealTimers();
});

it('shows the price, and comes back after a restart', async () => {
  server.on('connection', (socket) => socket.send('42'));
  render(<Ticker />);
  expect(screen.getByText(/connecting/)).toBeTruthy();

  await pass(50);
  expect(screen.getByText('connected 42')).toBeTruthy();

  server.clients()[0]?.close({ code: 1012, reason: 'restart', wasClean: true });
  await pass(10);
  expect(screen.getByText('reconnecting 42')).toBeTruthy();

  await pass(1_000); // the first retry comes within 1,000 ms
  expect(screen.getByText('connected 42')).toBeTruthy();
});
