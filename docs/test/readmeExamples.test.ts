// @vitest-environment jsdom

import * as reactLibrary from '@testing-library/react';
import * as vueLibrary from '@testing-library/vue';
import { Server } from 'mock-socket';
import { createElement } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Chat } from '../examples/Chat';
import VueChat from '../examples/Chat.vue';

let server: Server;
beforeEach(() => {
  vi.useFakeTimers();
  server = new Server('ws://localhost:8080');
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
});
afterEach(() => {
  reactLibrary.cleanup();
  vueLibrary.cleanup();
  server.stop();
  vi.useRealTimers();
});

const pass = (duration: number) => reactLibrary.act(() => vi.advanceTimersByTimeAsync(duration));

it.each([
  ['React', () => void reactLibrary.render(createElement(Chat))],
  ['Vue', () => void vueLibrary.render(VueChat)],
])('the example for %s connects, sends and shows what comes back', async (_, render) => {
  const { screen } = reactLibrary;
  vi.setSystemTime('2026-01-01T12:00:00Z');
  render();
  screen.getByText('Send').click(); // before the line is up: queued
  await pass(100);
  expect(screen.getByText('connected')).toBeTruthy();
  expect(screen.getByText(/^2026-01-01T12:00:00/)).toBeTruthy();
});
