import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { WebSocketServer } from 'ws';
import { resolveChromium } from '../../scripts/chromium.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** A WebSocket server that sends back whatever it receives, text as text and binary as binary. */
    echoUrl: string;
  }
}

/** The servers that pages under test talk to, on ports of their own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  resolveChromium(); // says what to install where there is none

  const echo = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  echo.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await once(echo, 'listening');
  const { port } = echo.address() as AddressInfo; // a string only for pipes
  project.provide('echoUrl', `ws://127.0.0.1:${port}`);

  return async () => {
    for (const socket of echo.clients) socket.terminate();
    await new Promise((resolve) => echo.close(resolve));
  };
}
