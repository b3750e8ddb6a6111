import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bundleProgram } from '../support/bundleProgram';
import type { Measures, VictimOptions } from './victim';

export interface Victim extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  measure(): Promise<Measures>;
}

/** So that one whose memory is not bounded dies. */
const HEAP = '--max-old-space-size=256';

let bundle: Promise<string> | undefined;

/** A server in a process of its own. */
export async function startVictim(options: VictimOptions = {}): Promise<Victim> {
  const source = await (bundle ??= bundleProgram(new URL('victim.ts', import.meta.url)));
  const child = spawn(process.execPath, ['--expose-gc', HEAP, '--input-type=module', '-', JSON.stringify(options)], {
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  child.stdin?.end(source);
  const death = once(child, 'exit').then(([code, signal]) => Promise.reject(new Error(`It died: ${code ?? signal}.`)));
  death.catch(() => {}); // as it does in the end
  const hear = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), death]))[0];
  const port = (await hear()) as number; // the first thing it says
  return {
    port,
    url: `ws://127.0.0.1:${port}/connection/websocket`,
    async measure() {
      child.send('measure');
      return (await hear()) as Measures; // it is asked once at a time
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
