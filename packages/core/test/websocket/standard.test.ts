import { afterAll } from 'vitest';
import { WebSocket as Undici } from 'undici';
import { WebSocket as Ws } from 'ws';
import { freePort } from '../../../../test/support/freePort';
import { startScriptedServer } from '../../../../test/support/scriptedServer';
import type { WebSocketConstructor } from '../../src/index';
import { ReconnectingWebSocket } from '../../src/websocket';
import { describeStandard } from './standard';

const server = await startScriptedServer();
afterAll(() => server[Symbol.asyncDispose]());
const addresses = { url: `ws://127.0.0.1:${server.port}`, deadUrl: `ws://127.0.0.1:${await freePort()}` };

// `test/browser/standard.test.ts` holds the browser's own class to the same; undici's and ws's fall short of it.
for (const [name, WebSocket] of Object.entries({ Undici, Ws })) {
  /** For somebody who knows only the standard. */
  class Over extends ReconnectingWebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { WebSocket: WebSocket as unknown as WebSocketConstructor }); // takes more than the standard's
    }
  }
  describeStandard({ name: `ours over ${name}`, WebSocket: Over, ...addresses });
}
