import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startServerProcess, type ServerProcess } from '../../support/serverProcess';
import { eventually, expectAnswer, proxyTo, QUICK, untilHeard, untilStatus, urlOf } from '../lab';
import type { Kind, Subject } from '../subject/subject';

/** `SOAK=1` takes the times of the library and a stop of 30 s as they are; else all are a twentieth of it. */
const isSoak = process.env['SOAK'] === '1';
const SCALE = isSoak ? 1 : 20;
const TIMES = {
  heartbeat: { interval: 25_000 / SCALE, timeout: 5_000 / SCALE },
  connectTimeout: 20_000 / SCALE,
  reconnect: { initialDelay: 1_000 / SCALE, maxDelay: 10_000 / SCALE },
};
const WATCHFUL = { heartbeat: { interval: 300, timeout: 700 }, connectTimeout: 300 };

/** What happens to the server, over this kind of socket. */
export function describeServerDeaths(kind: Kind): void {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServerProcess();
  });
  afterEach(() => server.resume());
  afterAll(() => server[Symbol.asyncDispose]());

  const reach = async (setting = {}) => {
    const id = randomUUID();
    const proxy = await proxyTo(server);
    return { id, proxy, subject: await kind.open({ url: urlOf(proxy.port, id), reconnect: QUICK, ...setting }) };
  };
  const connected = async (setting = {}) => {
    const reached = await reach(setting);
    await reached.subject.connect();
    await untilStatus(reached.subject, 'connected');
    return reached;
  };
  /** There is one line, on both sides. */
  const expectOne = async ({ subject, id }: { subject: Subject; id: string }) => {
    await expectAnswer(subject);
    expect(await subject.report()).toMatchObject({ live: 1 });
    await eventually(async () => expect(await server.seen(id)).toMatchObject({ open: 1 }));
  };

  describe('a server', () => {
    test('that is stopped is given up, and the attempt that waited for it connects when it goes on', async () => {
      const reached = await connected({ ...WATCHFUL, connectTimeout: 20_000 });
      const { subject } = reached;
      server.stop();
      await untilHeard(subject, 'error heartbeat-timeout');
      await eventually(async () => expect(await subject.report()).toMatchObject({ sockets: 2, live: 1 }));
      server.resume();
      await untilHeard(subject, 'reconnected');
      expect((await subject.report()).sockets).toBe(2);
      await expectOne(reached);
    });

    test('that is stopped for long costs attempts, none of which is left when it goes on', async () => {
      const reached = await connected(WATCHFUL);
      const { subject } = reached;
      server.stop();
      await untilHeard(subject, 'error heartbeat-timeout');
      await eventually(async () => expect((await subject.report()).errors.length).toBeGreaterThan(2));
      server.resume();
      await untilHeard(subject, 'reconnected');
      await untilStatus(subject, 'connected');
      await expectOne(reached);
    });

    const titled = `that is stopped for 30 s ${isSoak ? '' : `(times and stop are divided by ${SCALE}) `}is found again`;
    test(titled, { timeout: 90_000 }, async () => {
      const reached = await connected(TIMES);
      const { subject } = reached;
      server.stop();
      await new Promise((resolve) => setTimeout(resolve, 30_000 / SCALE)); // the length of the stop is what is tested
      server.resume();
      await untilStatus(subject, 'connected');
      await expectOne(reached);
      // Noticed or not, which is a matter of when the last ping was: nothing else may have ended a line.
      for (const { code } of (await subject.report()).errors)
        expect(['heartbeat-timeout', 'connect-timeout']).toContain(code);
    });

    test('that is killed in the middle of a message delivers nothing of it, and is found again', async () => {
      const reached = await connected();
      const { subject, proxy } = reached;
      const [path] = proxy.paths;
      const stopped = path?.stopAfter(1_000, 'down');
      await subject.send('/large 5000');
      await stopped;
      await server.kill();
      path?.cut();
      await untilHeard(subject, 'error connection-closed', 'error socket-failed');
      await server.restart();
      await untilHeard(subject, 'reconnected');
      await expectOne(reached);
      expect((await subject.report()).heard.filter((entry) => entry.startsWith('message of'))).toEqual([]);
    });

    test.each(['up', 'down'] as const)(
      'that is killed in the middle of a handshake (%s) is found again',
      async (way) => {
        const reached = await reach();
        const { subject, proxy } = reached;
        const halfway = new Promise<void>((resolve) => {
          const stop = proxy.onPath((path) => {
            stop();
            void path.stopAfter(40, way).then(async () => {
              await server.kill();
              path.cut();
              resolve();
            });
          });
        });
        await subject.connect();
        await halfway;
        await untilHeard(subject, 'error socket-failed');
        await server.restart();
        await untilHeard(subject, 'connected');
        await expectOne(reached);
      },
    );

    test('that accepts and says nothing is not waited for', async () => {
      const reached = await reach(WATCHFUL);
      const { subject } = reached;
      server.stop();
      await subject.connect();
      await untilHeard(subject, 'error connect-timeout');
      server.resume();
      await untilHeard(subject, 'connected');
      await expectOne(reached);
    });
  });
}
