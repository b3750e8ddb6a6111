import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { NodeOrder } from '../node/orders';
import type { LoadOrder, ServerAddress, ServerOrder } from '../server/orders';
import type { Lab, LoadServer } from './lab';

/** Nobody takes longer; in milliseconds. */
const PATIENCE = 60_000;

/** Processes that are bundled in `out`. */
export function createProcesses(out: string): Pick<Lab, 'serve' | 'inNode' | 'startInNode'> {
  const start = (script: string, order: object) =>
    fork(`${out}/${script}`, [JSON.stringify(order)], { env: { ...process.env, NODE_ENV: 'production' } });

  const startInNode = async <T>(order: NodeOrder) => {
    const child = start('node/node.js', order);
    await hear(child);
    return {
      async finish() {
        child.send({});
        return resultOf<T>(await hear(child));
      },
    };
  };

  return {
    startInNode,
    inNode: async <T>(order: NodeOrder) => resultOf<T>(await hear(start('node/node.js', order))),

    async serve(order: ServerOrder): Promise<LoadServer> {
      const child = start('server/server.js', order);
      const { url } = (await hear(child)) as ServerAddress; // the first thing it says
      return {
        url,
        async ask<T>(load: LoadOrder) {
          child.send(load);
          return resultOf<T>(await hear(child));
        },
        async [Symbol.asyncDispose]() {
          if (!child.connected) return;
          const gone = once(child, 'exit');
          child.disconnect();
          await gone;
        },
      };
    },
  };
}

/** Both sides are ours: what is asked for is what comes. */
const resultOf = <T>(message: unknown): T => (message as { result: T }).result;

/** The next thing a process says. */
async function hear(child: ChildProcess): Promise<unknown> {
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as unknown),
      once(child, 'exit', { signal }).then(([code, kill]) => {
        throw new Error(`The process ended with ${String(code ?? kill)}.`);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
