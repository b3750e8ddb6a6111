import { describe, expect, test } from 'vitest';
import { connectedIn, eventually, expectAnswer, ID, untilHeard, untilWaits, type Route } from '../lab';
import type { Kind } from '../subject/subject';

const HEARTBEAT = { interval: 25_000, timeout: 5_000 };
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** How long a line may take to answer that has been left alone, in milliseconds. */
const PROBE = 2_000;

/** Time that jumps, and timers that come late, over this kind of socket. The clock is held, the sockets are real. */
export function describeClocks(kind: Kind): void {
  const connected = () => connectedIn(kind, HEARTBEAT);
  const untilAsked = ({ server }: Pick<Route, 'server'>, times: number) =>
    eventually(() => expect(server.seen(ID).received).toBe(times));

  describe('after an hour asleep', () => {
    test('a line that lives is asked, answers, and is kept', async () => {
      const { world, subject, server } = await connected();
      await world.sleep(HOUR);
      await untilAsked({ server }, 1);
      await eventually(async () => expect((await subject.report()).snapshot.latency).not.toBeNull());
      await world.advance(PROBE);
      await expectAnswer(subject);
      expect(await subject.report()).toMatchObject({ sockets: 1, snapshot: { status: 'connected', attempt: 0 } });
    });

    test('a line that died is asked, and replaced', async () => {
      const { world, subject, proxy } = await connected();
      proxy.paths[0]?.freeze();
      await world.sleep(HOUR);
      await world.advance(PROBE);
      await untilHeard(subject, 'error heartbeat-timeout');
      await world.advance(1_000);
      await untilHeard(subject, 'reconnected');
      expect(await subject.report()).toMatchObject({ sockets: 2, live: 1 });
    });

    test('a retry that was due is made once', async () => {
      const { world, subject, proxy } = await connected();
      await proxy.refuse();
      proxy.paths[0]?.cut();
      await untilWaits(subject, 1);
      await world.sleep(HOUR);
      await untilWaits(subject, 2);
      expect(await subject.report()).toMatchObject({ sockets: 2, live: 0 });
      await proxy.accept();
      await world.sleep(HOUR);
      await untilHeard(subject, 'reconnected');
      expect(await subject.report()).toMatchObject({ sockets: 3, live: 1 });
    });
  });

  describe('in a hidden tab whose timers fire once a minute', () => {
    test('a line that lives is kept', async () => {
      const { world, subject, server } = await connected();
      await world.tell('page-hidden');
      for (let minute = 1; minute <= 10; minute++) {
        await world.sleep(MINUTE);
        await untilAsked({ server }, 2 * minute - 1);
        await expectAnswer(subject); // comes after that of the ping
      }
      expect(await subject.report()).toMatchObject({ sockets: 1, snapshot: { status: 'connected' } });
    });

    test('a line that died is replaced, within four of its minutes', async () => {
      const { world, subject, proxy } = await connected();
      await world.tell('page-hidden');
      proxy.paths[0]?.freeze();
      for (let minute = 1; minute <= 4; minute++) await world.sleep(MINUTE);
      await untilHeard(subject, 'error heartbeat-timeout', 'reconnected');
      expect(await subject.report()).toMatchObject({ sockets: 2, live: 1 });
    });
  });
}
