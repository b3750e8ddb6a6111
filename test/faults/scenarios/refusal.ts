import { describe, expect, test } from 'vitest';
import type { ProxyPath } from '../../support/tcpProxy';
import { eventually, expectAnswer, FULL_WAITS, ID, QUICK, routeToScript, untilHeard, untilWaits } from '../lab';
import type { Kind } from '../subject/subject';

const answer = (status: number) => (path: ProxyPath) => path.answer(status);

const REFUSALS: readonly ((path: ProxyPath) => void)[] = [
  answer(401),
  answer(403),
  answer(429),
  answer(503),
  answer(200),
  answer(301),
  (path) => path.cut(),
  (path) => {
    path.freeze('up'); // the server knows nothing of it
    path.halfClose('down');
  },
];

/** Handshakes that come to nothing, over this kind of socket. */
export function describeRefusals(kind: Kind): void {
  describe('a handshake', () => {
    test('answered with 401, 403, 429, 503, 200, 301, a reset, an end is tried again, ever later', async () => {
      const { proxy, url, server } = await routeToScript();
      const world = await kind.openWorld();
      const subject = await world.open({ url: url(), chance: 0.999 });
      let refuse: (typeof REFUSALS)[0] | undefined;
      proxy.onPath((path) => refuse?.(path)); // undici asks twice where the answer is 401
      let wait = 0;
      for (const [index, refusal] of REFUSALS.entries()) {
        refuse = refusal;
        await (index ? world.advance(wait) : subject.connect());
        wait = Math.ceil((await untilWaits(subject, index + 1)).at(-1) ?? NaN);
        expect(await subject.report()).toMatchObject({
          snapshot: { readyState: 3, close: { code: 1006, reason: '', wasClean: false } },
          live: 0,
        });
      }
      refuse = undefined;
      await world.advance(wait);
      await untilHeard(subject, 'connected');
      await expectAnswer(subject);
      const { errors, waits } = await subject.report();
      expect(waits.map(Math.round)).toEqual(FULL_WAITS(REFUSALS.length));
      expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['socket-failed']));
      expect(errors.at(-1)?.message).toContain('401, 403, 429 or 503'); // no page is told which
      expect(server.seen(ID)).toMatchObject({ accepted: 1, open: 1 });
    });

    test('with nobody is tried again until somebody listens', async () => {
      const { proxy, url } = await routeToScript();
      const subject = await kind.open({ url: url(), reconnect: QUICK });
      await proxy.refuse();
      await subject.connect();
      await untilHeard(subject, 'error socket-failed');
      await proxy.accept();
      await untilHeard(subject, 'connected');
      await expectAnswer(subject);
    });

    test.each(['up', 'down'] as const)('that stops halfway (%s) is not waited for', async (way) => {
      const { proxy, url, server } = await routeToScript();
      const subject = await kind.open({ url: url(), reconnect: QUICK, connectTimeout: 500 });
      const stop = proxy.onPath((path) => {
        stop();
        void path.stopAfter(40, way);
      });
      await subject.connect();
      await untilHeard(subject, 'error connect-timeout', 'connected');
      proxy.paths.forEach((path) => path.resume()); // what was given up is answered late
      await expectAnswer(subject);
      expect(await subject.report()).toMatchObject({ live: 1 });
      await eventually(() => expect(server.seen(ID)).toMatchObject({ open: 1 }));
    });
  });
}
