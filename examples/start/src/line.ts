/** The line of this page: Tautline without a framework. Everything that matters about it is in this file. */
import { STATUS_PATH, type ServerStatus } from '@tautline-examples/shared';
import { createConnection, createFeed, json, latest } from '@tautline/core';

const SERVER = `${location.hostname}:${import.meta.env.VITE_SERVER_PORT ?? 4300}`;

/** Comes back by itself, whatever happens to the server. */
export const line = createConnection<ServerStatus, never>(`ws://${SERVER}${STATUS_PATH}`, {
  codec: json(),
  idleTimeout: 4_000, // the server says something every second
  reconnect: { initialDelay: 300, maxDelay: 2_000 },
});

/** What the server said last. */
export const newest = createFeed(line, latest<ServerStatus>());

/** Calls back when the connection or the server has changed, until the function it returns is called. */
export function follow(listener: () => void): () => void {
  const ends = [newest.retain(), newest.subscribe(listener), line.subscribe(listener)];
  return () => ends.forEach((end) => end());
}
