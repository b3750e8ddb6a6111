import { once } from 'node:events';
import { WebSocket } from 'ws';
import { freePort } from '../support/freePort';
import { startTcpProxy } from '../support/tcpProxy';
import { startProgram } from './program';

/** The `live.mjs` of a template, with a counter in front of it. */
export interface LiveServer extends AsyncDisposable {
  /** Without a scheme. */
  readonly host: string;
  /** How many WebSockets were asked for, by whom ever, since the start. */
  readonly attempts: number;
  /** How many are open. */
  readonly open: number;
  /** Says something to all, past the counter. */
  say(text: string): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again on its port; it has forgotten everything. */
  start(): Promise<void>;
}

export async function startLiveServer(cwd: string): Promise<LiveServer> {
  const port = await freePort();
  const launch = () => startProgram({ cwd, args: ['live.mjs'], env: { PORT: String(port) }, port });
  const proxy = await startTcpProxy({ port, host: 'localhost' });
  let program = await launch();
  let attempts = 0;
  const isLive = ({ request }: { request: string }) => request.startsWith('GET /live');
  proxy.onPath((path) => (attempts += isLive(path) ? 1 : 0));

  return {
    host: `127.0.0.1:${proxy.port}`,
    get attempts() {
      return attempts;
    },
    get open() {
      return proxy.paths.filter(isLive).length;
    },
    async say(text) {
      const socket = new WebSocket(`ws://localhost:${port}/live`);
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'say', text }));
      await once(socket, 'message');
      socket.terminate();
    },
    kill: () => program.kill(),
    async start() {
      program = await launch();
    },
    async [Symbol.asyncDispose]() {
      await program.kill();
      await proxy[Symbol.asyncDispose]();
    },
  };
}
