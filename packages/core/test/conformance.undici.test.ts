import { afterAll } from 'vitest';
import { WebSocket } from 'undici';
import { freePort } from '../../../test/support/freePort';
import { startScriptedServer } from '../../../test/support/scriptedServer';
import type { WebSocketConstructor } from '../src/index';
import { describeConformance } from './conformance';

const server = await startScriptedServer();
afterAll(() => server[Symbol.asyncDispose]());

describeConformance({
  name: 'undici',
  WebSocket: WebSocket as unknown as WebSocketConstructor, // takes more than the standard's
  url: `ws://127.0.0.1:${server.port}`,
  deadUrl: `ws://127.0.0.1:${await freePort()}`,
  seen: server.seen,
});
