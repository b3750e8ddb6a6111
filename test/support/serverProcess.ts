import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { bundleProgram } from './bundleProgram';
import type { Seen } from './script';

/** A `ws` server in a process of its own, which can be stopped and killed; it does as `script.ts` says. */
export interface ServerProcess extends AsyncDisposable {
  /** The same after each restart. */
  readonly port: number;
  /** SIGSTOP: its sockets stay, and the system goes on accepting connections for it, but it does nothing. */
  stop(): void;
  /** SIGCONT: it goes on where it was. */
  resume(): void;
  /** SIGKILL: the system ends its sockets, no close frame is sent. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Kills it, and starts another on its port that has seen nothing. */
  restart(): Promise<void>;
  /** What it has seen of the connections with this id since it was started. */
  seen(id: string): Promise<Seen>;
}

/** On a port of 127.0.0.1 that was free. The process ends with `asyncDispose`, also while it is stopped, and with its parent. */
export async function startServerProcess(): Promise<ServerProcess> {
  let { child, port } = await startChild(0);
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  const kill = async () => {
    if (isGone()) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };

  return {
    port,
    stop: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill,
    async restart() {
      await kill();
      ({ child, port } = await startChild(port));
    },
    async seen(id) {
      child.send(id);
      return (await hear(child)) as Seen; // it is asked once at a time
    },
    [Symbol.asyncDispose]: kill,
  };
}

let bundle: Promise<string> | undefined;

async function startChild(port: number): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['--input-type=module', '-', String(port)], {
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  child.stdin?.end(await (bundle ??= bundleProgram(new URL('serverProcess.program.ts', import.meta.url))));
  return { child, port: (await hear(child)) as number }; // the first thing it says
}

/** The next thing it says. */
async function hear(child: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const died = once(child, 'exit', { signal }).then(([code, by]) => {
    throw new Error(`The server died: ${code ?? by}.`);
  });
  try {
    return (await Promise.race([once(child, 'message', { signal }), died]))[0];
  } finally {
    died.catch(() => {}); // it is aborted now
    waiting.abort();
  }
}
