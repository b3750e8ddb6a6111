import { describe, expect, test } from 'vitest';
import { eventually, FULL_WAITS, ID, routeToScript, untilWaits } from '../lab';
import { closeFrame, frame, OPCODES, startHostileServer } from '../hostileServer';
import type { Report } from '../subject/line';
import type { Kind } from '../subject/subject';

/** The table of close codes in docs/reconnect.md, and codes that no close frame may carry (RFC 6455 section 7.4). */
const VERDICTS: Readonly<Record<number, string>> = {
  1000: 'retry',
  1001: 'retry',
  1002: 'stop',
  1003: 'stop',
  1004: 'retry',
  1005: 'retry',
  1006: 'retry',
  1007: 'stop',
  1008: 'stop',
  1009: 'stop',
  1010: 'stop',
  1011: 'retry',
  1012: 'retry-now',
  1013: 'slow',
  1014: 'retry',
  1015: 'retry',
  3000: 'retry',
  4000: 'retry',
  4400: 'stop',
  4401: 'reauth',
  4403: 'stop',
  4404: 'stop',
  4408: 'retry',
  4429: 'slow',
  4999: 'retry',
};

/** What the connection made of a server that says the same each time. */
function verdictOf(report: Report): string {
  const { snapshot, sockets, waits } = report;
  const [first = NaN, second = NaN] = waits;
  if (snapshot.status === 'disconnected') return sockets === 1 ? 'stop' : 'reauth';
  if (isSlow(report)) return 'slow';
  return second > first ? 'retry' : 'retry-now';
}

const isSlow = ({ waits: [first = NaN] }: Report) => first > 5_000;
const isSettled = ({ snapshot, waits }: Report, rounds: number) =>
  snapshot.status === 'disconnected' || waits.length >= rounds;

/** How a server ends the line, over this kind of socket. */
export function describeClosings(kind: Kind): void {
  describe('a server that accepts', () => {
    test('and closes with a code gets what the table says, from 1000 to 1015 and beyond', async () => {
      const world = await kind.openWorld();
      const server = await startHostileServer((tcp, path) => {
        const code = Number(path.slice(1));
        tcp.end(code === 1005 ? frame(OPCODES.close, '') : closeFrame(code)); // nothing may follow a close frame
      });
      const codes = Object.keys(VERDICTS).map(Number);
      const subjects = await Promise.all(
        codes.map((code) => world.open({ url: `${server.url}/${code}`, chance: 0.999 })),
      );
      const reports = () => Promise.all(subjects.map((subject) => subject.report()));

      for (const subject of subjects) {
        await subject.connect(); // one by one: Chromium holds back who opens many at once
        await eventually(async () => expect(isSettled(await subject.report(), 1)).toBe(true));
      }
      const told = (await reports()).map(({ snapshot }) => snapshot.close?.code);
      await world.advance(1_000); // and no further: a socket that opens on the way must not grow old enough to reset the count
      await eventually(async () =>
        expect((await reports()).every((report) => isSlow(report) || isSettled(report, 2))).toBe(true),
      );
      const verdicts = (await reports()).map(verdictOf);

      expect(Object.fromEntries(codes.map((code, index) => [code, verdicts[index]]))).toEqual(VERDICTS);
      expect(told).toEqual(codes.map((code) => kind.tells[code] ?? code));
    });

    test.each(['/close 1000', '/cut'])('and says %s at once is asked ever less often', async (first) => {
      const world = await kind.openWorld();
      const { url, server } = await routeToScript();
      const subject = await world.open({ url: url(first), chance: 0.999 });
      await subject.connect();
      for (let round = 1; round <= 8; round++) {
        const waits = await untilWaits(subject, round);
        expect(await subject.report()).toMatchObject({ sockets: round, live: 0, snapshot: { attempt: round } });
        await world.advance(Math.ceil(waits.at(-1) ?? NaN));
      }
      const waits = await untilWaits(subject, 9);
      expect(waits.map(Math.round)).toEqual(FULL_WAITS(9));
      await eventually(() => expect(server.seen(ID)).toMatchObject({ accepted: 9, open: 0 }));
    });
  });
}
