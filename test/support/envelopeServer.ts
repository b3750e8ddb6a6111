import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface EnvelopeServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
}

/** The server of docs/protocol-envelope.md, as it stands there, in a process of its own on a free port. */
export async function startEnvelopeServer(): Promise<EnvelopeServer> {
  const file = join(import.meta.dirname, '../../docs/examples/envelopeServer.mjs');
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => Promise.reject(new Error(`${file} ended at once.`))),
  ]);
  const port = Number(/\d+$/.exec(String(line))?.[0]);
  return {
    port,
    url: `ws://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
