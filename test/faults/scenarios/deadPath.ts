import { describe, expect, test } from 'vitest';
import { eventually, expectAnswer, ID, QUICK, routeToScript, untilHeard, untilStatus } from '../lab';
import type { Way } from '../../support/tcpProxy';
import type { Kind } from '../subject/subject';

const HEARTBEAT = { interval: 300, timeout: 700 };
/** The promise is a second after `interval` and `timeout`; the rest is for a machine that is busy. A browser's `close()` takes 60 s. */
const PROMISED = HEARTBEAT.interval + HEARTBEAT.timeout + 1_000 + 3_000;

/** What happens between client and server, over this kind of socket. */
export function describeDeadPaths(kind: Kind): void {
  const connected = async (setting = {}) => {
    const route = await routeToScript();
    const subject = await kind.open({ url: route.url(), reconnect: QUICK, ...setting });
    await subject.connect();
    await untilStatus(subject, 'connected');
    const [path] = route.proxy.paths;
    if (!path) throw new Error('It took another way.');
    return { ...route, subject, path };
  };

  describe('a path', () => {
    test('that freezes, both ways or one, is replaced in time', async () => {
      const freeze = async (way?: Way) => {
        const { subject, path, server } = await connected({ heartbeat: HEARTBEAT });
        const frozenAt = performance.now();
        path.freeze(way);
        await untilHeard(subject, 'error heartbeat-timeout', 'reconnected');
        expect(performance.now() - frozenAt).toBeLessThan(PROMISED);
        expect(await subject.report()).toMatchObject({ live: 1 });
        expect(server.seen(ID)).toMatchObject({ accepted: 2 });
        await expectAnswer(subject);
      };
      await Promise.all([freeze(), freeze('up'), freeze('down')]);
    });

    test.each(['up', 'down'] as const)('that ends without a close frame (%s) is replaced', async (way) => {
      const { subject, path } = await connected();
      path.halfClose(way);
      await untilHeard(subject, 'error connection-closed', 'reconnected');
      await expectAnswer(subject);
    });

    test('that is reset is replaced', async () => {
      const { subject, path } = await connected();
      path.cut();
      await untilHeard(subject, 'error connection-closed', 'reconnected');
      await expectAnswer(subject);
    });

    test('that is slow is kept, and loses nothing', async () => {
      const { subject, path, server } = await connected({ heartbeat: HEARTBEAT });
      path.throttle(100_000);
      path.delay(50);
      await subject.send('/burst 500');
      await subject.send('/large 20000');
      await untilHeard(subject, 'message of 20000 characters');
      const { heard } = await subject.report();
      const numbers = Array.from({ length: 500 }, (_, index) => `message ${index}`);
      expect(heard).toEqual(['connected', ...numbers, 'message of 20000 characters']);
      expect(server.seen(ID)).toMatchObject({ accepted: 1, open: 1 });
    });

    test('that stops in the middle of a frame is replaced, and half a message is none', async () => {
      const { subject, path } = await connected({ heartbeat: HEARTBEAT });
      const stopped = path.stopAfter(1_000, 'down');
      await subject.send('/large 5000');
      await stopped;
      await untilHeard(subject, 'error heartbeat-timeout', 'reconnected');
      path.resume();
      await expectAnswer(subject);
      expect((await subject.report()).heard.join()).not.toContain('5000');
    });

    test('that stops in the middle of what we send is replaced, and the server hears no half message', async () => {
      const { subject, path, server } = await connected({ heartbeat: { ...HEARTBEAT, interval: 60_000 } });
      const stopped = path.stopAfter(1_000, 'up');
      await subject.send('x'.repeat(5_000));
      await stopped;
      path.cut();
      await untilHeard(subject, 'reconnected');
      await expectAnswer(subject);
      await eventually(() => expect(server.seen(ID)).toMatchObject({ received: 1, open: 1 }));
    });
  });
}
