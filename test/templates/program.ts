import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A Node program in a process of its own that serves a port. */
export interface Program extends AsyncDisposable {
  /** Ends it without a chance to say goodbye. */
  kill(): Promise<void>;
}

export interface ProgramOptions {
  readonly cwd: string;
  /** The script and what it is told. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
}

/** Starts the program; resolves once its port answers. */
export async function startProgram({ cwd, args, env, port }: ProgramOptions): Promise<Program> {
  // Node 22 has a WebSocket, so that rendering could open one; here Node 20 has it too.
  const child = spawn(process.execPath, ['--experimental-websocket', ...args], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const closed = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await closed;
  };

  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`\`node ${args.join(' ')}\` ended before it listened:\n${said}`);
    await wait(50);
  }
  return { kill, [Symbol.asyncDispose]: kill };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host: 'localhost' });
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
    probe.once('connect', () => probe.destroy());
  });
}
