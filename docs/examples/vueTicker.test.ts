// @vitest-environment jsdom

import { useWebSocket } from '@tautline/vue';
import { cleanup, render, screen } from '@testing-library/vue';
import { Server } from 'mock-socket';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';

const Ticker = defineComponent(() => {
  const { status, data } = useWebSocket('ws://prices.test');
  return () => h('p', `${status.value} ${String(data.value)}`);
});

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

it('shows the price', async () => {
  server.on('connection', (socket) => socket.send('42'));
  render(Ticker);
  await vi.advanceTimersByTimeAsync(50);
  expect(screen.getByText('connected 42')).toBeTruthy();
});
