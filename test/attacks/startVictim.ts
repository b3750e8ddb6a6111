import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
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
  const source = await (bundle ??= makeBundle());
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

/** The victim in one text, since Node knows no TypeScript everywhere. */
async function makeBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('victim.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['bufferutil', 'utf-8-validate'],
    // `ws` requires what Node has.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('file:///');" },
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild made nothing.');
  return file.text;
}
