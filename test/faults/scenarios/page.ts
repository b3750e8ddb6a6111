import { describe, expect, test } from 'vitest';
import { connectedIn, eventually, expectAnswer, ID, untilStatus, untilWaits } from '../lab';
import type { Kind } from '../subject/subject';

const HEARTBEAT = { interval: 600_000, timeout: 5_000 };
/** Who is woken tries within this, in milliseconds. */
const SOON = 300;

/** Networks and pages that come and go, over this kind of socket. The clock is held, the sockets are real. */
export function describePages(kind: Kind): void {
  const connected = () => connectedIn(kind, HEARTBEAT);

  describe('a network that goes and comes 20 times', () => {
    test('keeps its line', async () => {
      const { world, subject, server } = await connected();
      for (let time = 0; time < 20; time++) {
        await world.tell('went-offline');
        await world.tell('went-online');
      }
      await eventually(async () => expect((await subject.report()).snapshot.latency).not.toBeNull());
      await world.advance(10_000);
      await expectAnswer(subject);
      expect(await subject.report()).toMatchObject({ sockets: 1, live: 1, snapshot: { status: 'connected' } });
      expect(server.seen(ID)).toMatchObject({ accepted: 1, open: 1 });
    });

    test('while a retry is due costs one attempt', async () => {
      const { world, subject, proxy } = await connected();
      await proxy.refuse();
      proxy.paths[0]?.cut();
      await untilWaits(subject, 1);
      await proxy.accept();
      for (let time = 0; time < 20; time++) {
        await world.tell('went-offline');
        await world.tell('went-online');
      }
      await world.advance(SOON);
      await untilStatus(subject, 'connected');
      expect(await subject.report()).toMatchObject({ sockets: 2, live: 1 });
      expect(proxy.accepted).toBe(2);
    });
  });

  test('a page that is frozen and thawed 10 times has one line each time', async () => {
    const { world, subject, server } = await connected();
    for (let time = 1; time <= 10; time++) {
      await world.tell('page-frozen');
      expect(await subject.report()).toMatchObject({ live: 0, snapshot: { paused: 'frozen' } });
      await world.tell('page-resumed');
      await world.advance(SOON);
      await untilStatus(subject, 'connected');
      expect(await subject.report()).toMatchObject({ sockets: time + 1, live: 1 });
    }
    await expectAnswer(subject);
    await eventually(() => expect(server.seen(ID)).toMatchObject({ accepted: 11, open: 1 }));
  });

  test('a page that is hidden and shown 20 times keeps its line', async () => {
    const { world, subject, server } = await connected();
    for (let time = 0; time < 20; time++) {
      await world.tell('page-hidden');
      await world.tell('page-shown');
    }
    await eventually(async () => expect((await subject.report()).snapshot.latency).not.toBeNull());
    await world.advance(10_000);
    await expectAnswer(subject);
    expect(await subject.report()).toMatchObject({ sockets: 1, live: 1 });
    expect(server.seen(ID)).toMatchObject({ accepted: 1, open: 1 });
  });
}
