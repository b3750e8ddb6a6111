import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, vi } from 'vitest';
import { startScriptedServer, type ScriptedServer } from '../support/scriptedServer';
import { startTcpProxy, type TcpProxy } from '../support/tcpProxy';
import type { Report } from './subject/line';
import type { Kind, Subject, World } from './subject/subject';

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

export function endsWithTest<T extends AsyncDisposable>(thing: T): T {
  onTestFinished(() => thing[Symbol.asyncDispose]());
  return thing;
}

/** A server behind a proxy, for one test. */
export interface Route {
  readonly server: ScriptedServer;
  readonly proxy: TcpProxy;
  /** Through the proxy. */
  url(first?: string): string;
}

export async function routeToScript(): Promise<Route> {
  const server = endsWithTest(await startScriptedServer());
  const proxy = await proxyTo(server);
  return { server, proxy, url: (first) => urlOf(proxy.port, ID, first) };
}

/** A line in a world of its own, whose clock is held, connected to a server of its own. */
export async function connectedIn(
  kind: Kind,
  heartbeat: { readonly interval: number; readonly timeout: number },
): Promise<Route & { readonly world: World; readonly subject: Subject }> {
  const route = await routeToScript();
  const world = await kind.openWorld();
  const subject = await world.open({ url: route.url(), heartbeat, chance: 0.5 });
  await subject.connect();
  await untilStatus(subject, 'connected');
  return { ...route, world, subject };
}

export const proxyTo = async (server: { readonly port: number }): Promise<TcpProxy> =>
  endsWithTest(await startTcpProxy(server));

/** `first`: an order of `test/support/script.ts` that the server obeys right after accepting. */
export const urlOf = (port: number, id: string, first = ''): string =>
  `ws://127.0.0.1:${port}/?${new URLSearchParams({ id, ...(first && { first }) })}`;

/** By which a server of one test is asked what it has seen. */
export const ID = 'line';

/** The waits there have been, once there are so many. */
export async function untilWaits(subject: Subject, count: number): Promise<readonly number[]> {
  await eventually(async () => expect((await subject.report()).waits).toHaveLength(count));
  return (await subject.report()).waits;
}

/** The first so many waits of the default backoff, where chance says 0.999 each time. */
export const FULL_WAITS = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.round(0.999 * Math.min(10_000, 1_000 * 2 ** index)));
