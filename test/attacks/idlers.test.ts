import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { arrive, closeCodeOf, CODES, connectTcp, openLine, underAttack } from './peers';
import { startVictim } from './startVictim';

const MEGABYTE = 2 ** 20;

/** Resolves when the other end has said its end, or cut the line. */
const endOf = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.once('end', () => resolve());
    socket.once('close', () => resolve());
  });

it('who does not read is let go with a code, and what waited for it with it', async () => {
  await using victim = await startVictim({ limits: { slowTimeout: 100, closeTimeout: 10_000 } });
  await underAttack(victim, async () => {
    const [ann, eve] = [await arrive(victim, 'ann'), await arrive(victim, 'eve')];
    for (const each of [ann, eve]) await each.ask({ type: 'subscribe', id: 2, topic: 'loud' });
    eve.socket.pause();
    const isGone = () =>
      ann.frames.some(({ type, leaves }) => type === 'presence' && (leaves as unknown[])?.length > 0);
    for (let id = 3; !isGone(); id++) {
      expect(id).toBeLessThan(900); // 54 MB
      await ann.ask({ type: 'publish', id, topic: 'loud', event: 'say', payload: 'x'.repeat(60_000) });
    }
    eve.socket.resume();
    expect(await closeCodeOf(eve)).toBe(CODES.slow.envelope);
  });
});

it('a handshake byte by byte is cut off, and so is one of no byte at all', async () => {
  await using victim = await startVictim();
  await underAttack(victim, async () => {
    const request = `GET /connection/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(10_000)}`;
    const drip = (socket: Socket, at = 0) => {
      if (at < request.length && socket.writable) {
        socket.write(request.charAt(at), () => setImmediate(drip, socket, at + 1));
      }
    };
    const open = () => Promise.all(Array.from({ length: 100 }, () => connectTcp(victim)));
    const [dripping, silent] = [await open(), await open()];
    const answers = silent.map(async (socket) => {
      const [text] = await once(socket, 'data');
      expect(String(text)).toContain('408 Request Timeout');
    });
    for (const socket of dripping) {
      socket.resume();
      drip(socket);
    }
    await Promise.all([...dripping.map(endOf), ...answers]);
  });
});

it.each(['centrifugo', 'envelope'] as const)('a socket of %s on which nobody connects is closed', async (format) => {
  await using victim = await startVictim({ limits: { handshakeTimeout: 200 } });
  await underAttack(victim, async () => {
    const idlers = await Promise.all(Array.from({ length: 200 }, () => openLine(victim, format)));
    const codes = await Promise.all(idlers.map(closeCodeOf));
    expect(new Set(codes)).toEqual(new Set([CODES.stale[format]]));
  });
});

it('who leaves half of a connection open after a refusal holds nothing', async () => {
  await using victim = await startVictim();
  const { connections } = await underAttack(victim, async () => {
    const sockets = await Promise.all(Array.from({ length: 200 }, () => connectTcp(victim)));
    const ends = sockets.map((socket) => {
      socket.resume();
      socket.write(
        'GET /connection/websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
          'Origin: https://evil.test\r\n\r\n',
      );
      return endOf(socket);
    });
    await Promise.all(ends);
  });
  expect(connections).toBeLessThan(10);
});

it('5,000 sockets that only sit there cost less than 20 kB each, or as many as this machine has descriptors for', async () => {
  await using victim = await startVictim({ limits: { handshakeTimeout: 60_000 } });
  const idlers: WebSocket[] = [];
  const open = async () => {
    const socket = new WebSocket(victim.url, ['tautline.envelope.v1']);
    socket.on('error', () => {}); // told below
    idlers.push(socket);
    await once(socket, 'open');
  };
  await underAttack(
    victim,
    async () => {
      for (let batch = 0; batch < 50; batch++) {
        const opened = await Promise.allSettled(Array.from({ length: 100 }, open));
        const failed = opened.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
        if (failed.length) return expect(String(failed[0])).toMatch(/EMFILE|ENFILE|ECONNRESET|ECONNREFUSED/);
      }
    },
    { growth: 5_000 * 20_000 },
  );
  const { connections } = await victim.measure();
  expect(connections).toBeGreaterThan(1_000);
  for (const socket of idlers) socket.terminate();
  await vi.waitUntil(async () => (await victim.measure()).connections < 10, { timeout: 15_000 });
  expect((await victim.measure()).heap).toBeLessThan(64 * MEGABYTE);
});
