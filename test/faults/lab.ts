import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, vi } from 'vitest';
import { startScriptedServer, type ScriptedServer } from '../support/scriptedServer';
import { startServerProcess, type ServerProcess } from '../support/serverProcess';
import { startTcpProxy, type TcpProxy } from '../support/tcpProxy';
import type { Report } from './subject/line';
import type { Subject } from './subject/subject';

/** As in the library, with the times of a test: short, and still longer than a busy machine is late. */
export const QUICK = { initialDelay: 10, maxDelay: 100 };

/** Waits for what has to come; the bound says only when to give up. */
export const eventually = (assert: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(assert, { timeout: 20_000, interval: 10 });

export const untilHeard = (subject: Subject, ...entries: string[]): Promise<void> =>
  eventually(async () => expect((await subject.report()).heard).toEqual(expect.arrayContaining(entries)));

export const untilStatus = (subject: Subject, status: Report['snapshot']['status']): Promise<void> =>
  eventually(async () => expect((await subject.report()).snapshot.status).toBe(status));

/** The line works: what is sent comes back. */
export async function expectAnswer(subject: Subject): Promise<void> {
  const word = randomUUID();
  await subject.send(word);
  await untilHeard(subject, `message ${word}`);
}

function endsWithTest<T extends AsyncDisposable>(thing: T): T {
  onTestFinished(() => thing[Symbol.asyncDispose]());
  return thing;
}

/** A server behind a proxy, for one test. */
export interface Route<S> {
  readonly server: S;
  readonly proxy: TcpProxy;
  /** Through the proxy. `first`: an order of `test/support/script.ts` that the server obeys right after accepting. */
  url(first?: string): string;
}

export const routeToScript = async (): Promise<Route<ScriptedServer>> =>
  routeTo(endsWithTest(await startScriptedServer()));

export const routeToProcess = async (): Promise<Route<ServerProcess>> =>
  routeTo(endsWithTest(await startServerProcess()));

async function routeTo<S extends { readonly port: number }>(server: S): Promise<Route<S>> {
  const proxy = endsWithTest(await startTcpProxy(server));
  return {
    server,
    proxy,
    url: (first) => `ws://127.0.0.1:${proxy.port}/?${new URLSearchParams({ id: ID, ...(first && { first }) })}`,
  };
}

/** By which a server is asked what it has seen; each test has a server of its own. */
export const ID = 'line';
