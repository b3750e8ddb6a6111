import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, vi } from 'vitest';
import type { ClientOptions } from 'ws';
import { connectRaw, type Frame, type RawClient } from '../../packages/server/test/rawClient';
import type { Victim } from './startVictim';
import { sign } from './tokens';
import type { Measures } from './victim';

const MEGABYTE = 2 ** 20;

/** What a server may have more of after an attack than before; caches and compiled code are in it. */
const MAX_GROWTH = 16 * MEGABYTE;
/** What the whole process may ever have had. */
const MAX_PEAK = 400 * MEGABYTE;

export type Format = 'centrifugo' | 'envelope';

/** The same meaning in both formats. */
export const CODES = {
  tooManyRequests: { centrifugo: 3013, envelope: 4429 },
  invalidToken: { centrifugo: 3500, envelope: 4403 },
  badRequest: { centrifugo: 3501, envelope: 4400 },
  stale: { centrifugo: 3502, envelope: 4408 },
  slow: { centrifugo: 3008, envelope: 1013 },
} as const satisfies Record<string, Record<Format, number>>;

/** A line on which nothing was said yet. */
export const openLine = ({ url }: Victim, format: Format = 'envelope', options: ClientOptions = {}) =>
  connectRaw(url, format === 'envelope' ? 'tautline.envelope.v1' : '', options);

/** Somebody with a token. */
export async function arrive(victim: Victim, user: string, format: Format = 'envelope'): Promise<RawClient> {
  const client = await openLine(victim, format);
  const token = sign(user);
  const welcome = await client.ask(
    format === 'envelope' ? { type: 'connect', id: 1, payload: { token } } : { id: 1, connect: { token } },
  );
  expect(welcome).not.toHaveProperty('error');
  expect(welcome['type']).not.toBe('error');
  return client;
}

/** The code a client was closed with, once it was. */
export const closeCodeOf = async ({ closed }: RawClient): Promise<number> =>
  (await vi.waitUntil(() => closed[0], { interval: 5, timeout: 15_000 })).code;

/** A TCP connection that does what the test says, and keeps its end open; gone when the test is over. */
export async function connectTcp(victim: Victim): Promise<Socket> {
  const socket = connect({ port: victim.port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {}); // `close` follows
  await once(socket, 'connect');
  return socket;
}

/** Somebody who answers each tick of the server's clock with an event, and gets it back. */
interface Honest {
  /** Resolves when so many more have come back. */
  echoes(count: number): Promise<void>;
}

async function startHonest(victim: Victim): Promise<Honest> {
  const { socket, send, ask, closed } = await arrive(victim, 'honest');
  await ask({ type: 'subscribe', id: 2, topic: 'lobby' });
  await ask({ type: 'subscribe', id: 3, topic: 'clock' });
  let said = 0;
  let heard = 0;
  socket.on('message', (data) => {
    const { topic, type, payload } = JSON.parse(String(data)) as Frame; // of our own server
    if (type === 'event' && topic === 'lobby' && payload === heard + 1) heard++; // in order, each once
    if (type === 'event' && topic === 'clock') {
      send({ type: 'publish', id: 3 + ++said, topic: 'lobby', event: 'say', payload: said });
    }
  });
  return {
    async echoes(count) {
      const goal = heard + count;
      await vi.waitUntil(() => heard >= goal || closed.length, { interval: 5, timeout: 20_000 });
      expect(closed).toEqual([]);
    },
  };
}

/**
 * Attacks a server that somebody honest works with: who is there goes on, who comes is let in, and the server's memory
 * is what it was before.
 *
 * @param growth How many bytes may be left behind.
 */
export async function underAttack(
  victim: Victim,
  attack: () => Promise<unknown>,
  { growth = MAX_GROWTH }: { readonly growth?: number } = {},
): Promise<Measures> {
  const honest = await startHonest(victim);
  await honest.echoes(3);
  const before = await victim.measure();
  await Promise.all([attack(), honest.echoes(10)]);
  await honest.echoes(10);
  await arrive(victim, 'newcomer');
  const after = await victim.measure();
  expect(after.heap - before.heap).toBeLessThan(growth);
  expect(after.peak).toBeLessThan(MAX_PEAK);
  expect(after.pollution).toEqual([]);
  return after;
}
